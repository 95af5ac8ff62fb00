import { again, errorAdvice, unknownErrorAdvice } from '../error-advice.ts';
import { isLive } from '../life/instance-states.ts';
import { parseLifeName } from '../life/life.ts';
import type { LifeFacts, LifeItem } from '../life/life-item.ts';
import { deadlineOf, requestedAtOf } from '../life/provision-input.ts';
import { readProvisionOutput } from '../life/provision-output.ts';
import type { Execution, Instance } from '../ports.ts';
import { endCauses } from './end-reason.ts';
import { failureReason } from './failure-reason.ts';

/** What whoever runs the workflow does now that its provision has not succeeded. */
export const whatToDo = ({ name, status, error = '' }: Execution): string =>
  status === 'ABORTED' ? again : (errorAdvice(error)?.whatToDo ?? unknownErrorAdvice(name));

/** A machine as the table tells of it. */
export const machineFacts = (instance: Instance): Partial<LifeFacts> => ({
  market: instance.market,
  instanceType: instance.instanceType,
  instanceId: instance.id,
  availabilityZone: instance.availabilityZone,
  launchedAt: instance.launchedAt.toISOString(),
  ...(instance.spotPrice === undefined ? {} : { spotPrice: instance.spotPrice }),
});

/** Why a provision did not succeed, for people. */
export const failureFacts = (provision: Execution): Omit<LifeFacts, 'since'> => ({
  status: 'failed',
  reason: failureReason(provision),
  whatToDo: whatToDo(provision),
});

const running = ({ startedAt }: Execution, live: Instance | undefined): LifeFacts =>
  live === undefined
    ? { status: 'launching', since: startedAt.toISOString(), reason: 'It is being launched.' }
    : {
        status: 'booting',
        since: live.launchedAt.toISOString(),
        reason: 'The instance boots.',
        ...machineFacts(live),
      };

/** One whose machine EC2 does not show any more is used up, or was taken away. */
const succeeded = ({ output, startedAt }: Execution, live: Instance | undefined): LifeFacts => {
  const known = readProvisionOutput(output);
  const since = known?.readyAt ?? startedAt.toISOString();
  return known?.outcome === 'ready' && live !== undefined
    ? { status: 'ready', since, readyAt: known.readyAt, ...machineFacts(live) }
    : { status: 'destroying', since, reason: endCauses.ended };
};

const factsOf = (provision: Execution, live: Instance | undefined): LifeFacts => {
  if (provision.status === 'RUNNING') return running(provision, live);
  if (provision.status === 'SUCCEEDED') return succeeded(provision, live);
  const since = (provision.stoppedAt ?? provision.startedAt).toISOString();
  return { ...failureFacts(provision), since };
};

/**
 * The item of a life as its provision and its machines tell it, for one that the table knows nothing of: it began before
 * there was a table, by hand, or somebody deleted its item. `undefined` when its input is not ours.
 */
export const lifeOfProvision = (
  provision: Execution,
  instances: readonly Instance[],
): LifeItem | undefined => {
  const { name: life, input, startedAt } = provision;
  const named = parseLifeName(life);
  const deadline = deadlineOf(input);
  if (named === undefined || deadline === undefined) return undefined;
  const live = instances.find((instance) => instance.life === life && isLive(instance));
  return {
    life,
    architecture: named.architecture,
    n: named.n,
    requestedAt: (requestedAtOf(input) ?? startedAt).toISOString(),
    deadline: deadline.toISOString(),
    input: JSON.stringify(input),
    ...factsOf(provision, live),
  };
};
