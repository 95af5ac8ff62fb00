import { destroyExecutions } from './adapters/aws/destroy-executions.ts';
import { ec2InstanceFinder } from './adapters/aws/ec2-instances.ts';
import { destroyLister } from './adapters/aws/execution-lister.ts';
import { provisionReader } from './adapters/aws/provision-executions.ts';
import { livesOfDestroys } from './domain/ending/lives-of-destroys.ts';
import { type DestroyPorts, startDestroyOnce } from './domain/ending/start-destroy.ts';
import { readProvisionOutput } from './domain/life/provision-output.ts';
import type {
  Execution,
  ExecutionLister,
  Instance,
  InstanceFinder,
  ProvisionReader,
} from './domain/ports.ts';
import { machineReason, poweredOffReason } from './domain/status/end-reason.ts';
import type { News, Tell } from './domain/status/life-news.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import type { Log } from './runtime/log.ts';
import { tellingOf } from './runtime/telling.ts';

/**
 * EC2's event of an instance's new state
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instance-state-changes.html).
 */
export interface InstanceEvent {
  readonly detail: { readonly 'instance-id': string; readonly state: string };
}

export interface OnInstanceTerminatedPorts extends DestroyPorts {
  readonly instances: InstanceFinder;
  readonly provisions: ProvisionReader;
  readonly executions: Pick<ExecutionLister, 'destroys'>;
  readonly tell: Tell;
  readonly log: Log;
}

/** A life can have had another instance before the one that got ready, whose event comes late or twice. */
const isReadyElsewhere = (provision: Execution, { id }: Instance): boolean => {
  const output = readProvisionOutput(provision.output);
  return output !== undefined && output.instance.id !== id;
};

/** A runner that a destroy deregisters powers its machine off too: then the destroy has told why. */
const newsOf = (reason: string | undefined): News => ({
  status: 'destroying',
  ...(reason === undefined ? {} : { reason }),
});

/**
 * Clears the registration and the schedule of a life whose instance has terminated; of one that is ending the status
 * says so, and no request is answered with it any more. While the provision runs
 * it does nothing: CheckRunner sees the loss, and launches again. A destroy that runs already, and most likely
 * has terminated the instance itself, is enough.
 */
export const onInstanceTerminated =
  (ports: OnInstanceTerminatedPorts, deployment: string) =>
  async ({ detail }: InstanceEvent): Promise<void> => {
    const { instances, provisions, executions, tell, log } = ports;
    const instance = await instances.byId(detail['instance-id']);
    if (instance === undefined) return;
    const { life } = instance;
    const provision = await provisions.provision(life);
    if (provision === undefined)
      return log('no provision of the life shows, and the sweep looks again', { life });
    if (provision.status === 'RUNNING') return log('instance ended while its provision runs', { life });
    if (isReadyElsewhere(provision, instance))
      return log('an earlier instance of the life ended', { life, instance: instance.id });
    const reason = machineReason(instance);
    if (detail.state !== 'terminated') {
      await tell(life, newsOf(reason === poweredOffReason ? undefined : reason));
      return log('an instance is ending', { life, instance: instance.id });
    }
    const isDestroyed = (await livesOfDestroys(executions, ['RUNNING'])).has(life);
    await tell(life, newsOf(isDestroyed && reason === poweredOffReason ? undefined : reason));
    if (isDestroyed) return log('a destroy of the life runs already', { life });
    const outcome = await startDestroyOnce(ports, {
      life,
      deployment,
      reason: 'ended',
      mode: 'graceful',
      deadline: instance.deadline.toISOString(),
    });
    log('instance terminated', { life, instance: instance.id, destroy: outcome });
  };

export const assemble: Assemble<InstanceEvent, void> = (runtime) => {
  const { aws, settings, log } = runtime;
  const { deployment, provisionStateMachineArn, destroyStateMachineArn } = settings(
    'deployment',
    'provisionStateMachineArn',
    'destroyStateMachineArn',
  );
  const ports = {
    instances: ec2InstanceFinder(aws, deployment),
    provisions: provisionReader(aws, provisionStateMachineArn),
    executions: destroyLister(aws, destroyStateMachineArn),
    destroys: destroyExecutions(aws, destroyStateMachineArn),
    tell: tellingOf(runtime),
    log,
  };
  return onInstanceTerminated(ports, deployment);
};

export const handler = lambda(assemble);
