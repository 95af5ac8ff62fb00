import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import type { Execution } from '../../domain/ports.ts';
import type { AwsConnection } from './aws-connection.ts';
import { unlessGone } from './aws-errors.ts';
import { executionArn } from './execution-arn.ts';
import { sfnClient } from './sfn-client.ts';

/** JSON that we wrote ourselves; whatever else stands there is as good as nothing. */
const parsed = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

const present = <Key extends string, T>(key: Key, value: T | undefined): { [K in Key]?: T } =>
  value === undefined ? {} : ({ [key]: value } as { [K in Key]: T });

/** The execution of this name, `undefined` when there never was one. */
export const describedExecution = async (
  connection: AwsConnection,
  stateMachineArn: string,
  name: string,
): Promise<Execution | undefined> => {
  const found = await unlessGone('DescribeExecution', ['ExecutionDoesNotExist'], () =>
    sfnClient(connection).send(
      new DescribeExecutionCommand({ executionArn: executionArn(stateMachineArn, name) }),
    ),
  );
  if (found?.status === undefined || found.startDate === undefined) return undefined;
  return {
    name,
    status: found.status,
    startedAt: found.startDate,
    ...present('stoppedAt', found.stopDate),
    ...present('input', parsed(found.input)),
    ...present('output', parsed(found.output)),
    ...present('error', found.error),
    ...present('cause', found.cause),
  };
};
