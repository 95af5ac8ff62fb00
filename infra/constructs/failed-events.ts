import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { DestinationConfig, IDestination, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/**
 * Where Lambda puts an event that a function has failed at for the last time, in the function's name. It needs one
 * action (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html); the CDK's own
 * destination grants two more.
 */
export const failedEventsIn = (queue: Queue): IDestination => ({
  bind: (_: Construct, fn: IFunction): DestinationConfig => {
    fn.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
    return { destination: queue.queueArn };
  },
});
