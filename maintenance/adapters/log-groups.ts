import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { type AwsConnection, clientConfiguration } from '../../functions/adapters/aws/aws-connection.ts';
import { asAws } from '../../functions/adapters/aws/aws-errors.ts';

/** Whether there is a log group of exactly this name (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html). */
export const logGroupExists = (connection: AwsConnection) => {
  const client = new CloudWatchLogsClient(clientConfiguration(connection));
  return (name: string): Promise<boolean> =>
    asAws('DescribeLogGroups', async () => {
      const { logGroups = [] } = await client.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 50 }),
      );
      return logGroups.some(({ logGroupName }) => logGroupName === name);
    });
};
