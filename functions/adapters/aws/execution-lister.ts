import { type ExecutionListItem, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import type { Execution, ExecutionLister, ExecutionStatus } from '../../domain/ports.ts';
import type { AwsConnection } from './aws-connection.ts';
import { asAws } from './aws-errors.ts';
import { sfnClient } from './sfn-client.ts';

const executionOf = ({ name, status, startDate, stopDate }: ExecutionListItem): readonly Execution[] =>
  name === undefined || status === undefined || startDate === undefined
    ? []
    : [{ name, status, startedAt: startDate, ...(stopDate === undefined ? {} : { stoppedAt: stopDate }) }];

/**
 * All pages, newest first, until they are older than `since`
 * (https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html).
 */
const list = (
  connection: AwsConnection,
  stateMachineArn: string,
  statusFilter: ExecutionStatus,
  since: Date | undefined,
): Promise<readonly Execution[]> =>
  asAws('ListExecutions', async () => {
    const isWanted = ({ startedAt }: Execution): boolean => since === undefined || startedAt >= since;
    const found: Execution[] = [];
    let token: string | undefined;
    do {
      const { executions = [], nextToken } = await sfnClient(connection).send(
        new ListExecutionsCommand({
          stateMachineArn,
          statusFilter,
          maxResults: 1_000,
          ...(token === undefined ? {} : { nextToken: token }),
        }),
      );
      const listed = executions.flatMap(executionOf);
      found.push(...listed.filter(isWanted));
      token = listed.every(isWanted) ? nextToken || undefined : undefined;
    } while (token !== undefined);
    return found;
  });

export interface StateMachineArns {
  readonly provisionStateMachineArn: string;
  readonly destroyStateMachineArn: string;
}

/** Lists the executions of provision-runner. */
export const provisionLister = (
  connection: AwsConnection,
  stateMachineArn: string,
): Pick<ExecutionLister, 'provisions'> => ({
  provisions: (status, since) => list(connection, stateMachineArn, status, since),
});

/** Lists the executions of destroy-runner. */
export const destroyLister = (
  connection: AwsConnection,
  stateMachineArn: string,
): Pick<ExecutionLister, 'destroys'> => ({
  destroys: (status, since) => list(connection, stateMachineArn, status, since),
});

/** Lists the executions of both state machines. */
export const executionLister = (connection: AwsConnection, arns: StateMachineArns): ExecutionLister => ({
  ...provisionLister(connection, arns.provisionStateMachineArn),
  ...destroyLister(connection, arns.destroyStateMachineArn),
});
