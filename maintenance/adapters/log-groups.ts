import { CloudWatchLogsClient, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { type AwsConnection, clientConfiguration } from '../../functions/adapters/aws/aws-connection.ts';
import { asAws } from '../../functions/adapters/aws/aws-errors.ts';

/** What the names of a stack's log groups have in common in each folder: `/aws/lambda/Stint-`. */
const prefixOf = (name: string): string => /^(?:.*\/)?[^/]*?-/.exec(name)?.[0] ?? name;

/**
 * Those of the names under which there is a log group. One listing for each folder: asked for one by one, thirty
 * groups pass the ten requests a second that AWS takes
 * (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/logs/cloudwatch_limits_cwl.html).
 */
export const existingLogGroups = (connection: AwsConnection) => {
  const client = new CloudWatchLogsClient(clientConfiguration(connection));
  return (names: readonly string[]): Promise<readonly string[]> =>
    asAws('DescribeLogGroups', async () => {
      const found = new Set<string | undefined>();
      for (const logGroupNamePrefix of new Set(names.map(prefixOf)))
        for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix }))
          for (const { logGroupName } of logGroups) found.add(logGroupName);
      return names.filter((name) => found.has(name));
    });
};
