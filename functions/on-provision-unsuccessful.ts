import { destroyExecutions } from './adapters/aws/destroy-executions.ts';
import { provisionReader } from './adapters/aws/provision-executions.ts';
import { type DestroyPorts, startDestroyOnce } from './domain/ending/start-destroy.ts';
import { parseLifeName } from './domain/life/life.ts';
import type { Measure } from './domain/metrics.ts';
import type { Execution, ProvisionReader } from './domain/ports.ts';
import { type Tell, tellLife } from './domain/status/life-news.ts';
import { failureFacts } from './domain/status/life-of-provision.ts';
import { unsuccessfulReason } from './domain/status/unsuccessful-reason.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import type { Log } from './runtime/log.ts';
import { measureOf } from './runtime/metrics.ts';
import { changesItems } from './runtime/table.ts';

/**
 * Step Functions' event of an execution's end, the part that is always there: the input can be absent, and an error
 * is not in it (https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html).
 */
export interface ExecutionEvent {
  readonly detail: { readonly name: string; readonly status: string };
}

export interface OnProvisionUnsuccessfulPorts extends DestroyPorts {
  readonly provisions: ProvisionReader;
  readonly tell: Tell;
  readonly measure: Measure;
  readonly log: Log;
}

/** Why it failed is for people and their metrics; the destroy does not depend on it. */
const orUnknown = async (
  { provisions, log }: OnProvisionUnsuccessfulPorts,
  life: string,
): Promise<Execution | undefined> => {
  try {
    return await provisions.provision(life);
  } catch (error) {
    log('why the provision failed is not known', { life, reason: String(error) });
    return undefined;
  }
};

/**
 * Starts the destroy of a life whose provision FAILED, TIMED_OUT or was ABORTED, an operator's Stop included. Nobody else
 * tells why it failed: when that cannot be written down, it throws, and Lambda brings the event again.
 */
export const onProvisionUnsuccessful =
  (ports: OnProvisionUnsuccessfulPorts, deployment: string) =>
  async ({ detail }: ExecutionEvent): Promise<void> => {
    const life = detail.name;
    if (parseLifeName(life) === undefined) return ports.log('not a life', { execution: life });
    const destroy = await startDestroyOnce(ports, { life, deployment, reason: 'failed', mode: 'graceful' });
    const provision = await orUnknown(ports, life);
    if (provision !== undefined) await ports.tell(life, failureFacts(provision));
    const Reason = unsuccessfulReason(provision);
    const told = { decision: 'provision did not succeed', life, status: detail.status, destroy };
    ports.measure('ProvisionsUnsuccessful', 1, { Reason }, told);
  };

export const assemble: Assemble<ExecutionEvent, void> = (runtime) => {
  const { aws, settings, log } = runtime;
  const { deployment, provisionStateMachineArn, destroyStateMachineArn } = settings(
    'deployment',
    'provisionStateMachineArn',
    'destroyStateMachineArn',
  );
  const ports = {
    destroys: destroyExecutions(aws, destroyStateMachineArn),
    provisions: provisionReader(aws, provisionStateMachineArn),
    tell: tellLife(changesItems(runtime), runtime.clock),
    measure: measureOf(runtime),
    log,
  };
  return onProvisionUnsuccessful(ports, deployment);
};

export const handler = lambda(assemble);
