import { jsonService, textParameter } from '../../wire/aws-json.ts';
import type { CloudService } from '../../wire/wire.ts';

/** CloudWatch Logs, as far as which groups there are (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html). */
export const logsService = (groups: ReadonlySet<string>): CloudService =>
  jsonService('logs', '1.1', {
    DescribeLogGroups: (parameters) => {
      const prefix = textParameter(parameters, 'logGroupNamePrefix');
      const named = [...groups].filter((name) => name.startsWith(prefix)).toSorted();
      const limit = Number(parameters['limit'] ?? 50);
      const from = Number(parameters['nextToken'] ?? 0);
      const until = from + limit;
      return {
        logGroups: named.slice(from, until).map((logGroupName) => ({ logGroupName })),
        ...(until < named.length ? { nextToken: String(until) } : {}),
      };
    },
  });
