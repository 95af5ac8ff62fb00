import { destroyExecutions } from './adapters/destroy-executions.ts';
import { parseLifeName } from './domain/life.ts';
import { type DestroyPorts, startDestroyOnce } from './domain/start-destroy.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import type { Log } from './runtime/log.ts';

/**
 * Step Functions' event of an execution's end, the part that is always there: the input can be absent
 * (https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html).
 */
export interface ExecutionEvent {
  readonly detail: { readonly name: string; readonly status: string };
}

/** Starts the destroy of a life whose provision FAILED, TIMED_OUT or was ABORTED, an operator's Stop included. */
export const onProvisionUnsuccessful =
  (ports: DestroyPorts & { readonly log: Log }, deployment: string) =>
  async ({ detail }: ExecutionEvent): Promise<void> => {
    const life = detail.name;
    if (parseLifeName(life) === undefined) return ports.log('not a life', { execution: life });
    const outcome = await startDestroyOnce(ports, { life, deployment, reason: 'failed', manner: 'polite' });
    ports.log('provision did not succeed', { life, status: detail.status, destroy: outcome });
  };

export const assemble: Assemble<ExecutionEvent, void> = ({ aws, settings, log }) => {
  const { deployment, destroyStateMachineArn } = settings('deployment', 'destroyStateMachineArn');
  return onProvisionUnsuccessful(
    { destroys: destroyExecutions(aws, destroyStateMachineArn), log },
    deployment,
  );
};

export const handler = lambda(assemble);
