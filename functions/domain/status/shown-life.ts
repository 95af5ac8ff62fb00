import { isOnItsWay, type LifeItem, type LifeStatus, statusAt } from '../life/life-item.ts';
import { classOf } from '../life/provision-input.ts';
import { defaultClass } from '../machine-class.ts';
import { endCauses } from './end-reason.ts';
import { estimatedCostUsd } from './estimated-cost.ts';

const endAsked = 'Its destroy has been asked for, and begins when its run is over.';

const beginning = 'The request waits to begin.';

const reasonOf = (item: LifeItem, status: LifeStatus): string | undefined => {
  if (status !== item.status) return endCauses.deadline;
  if (status === 'requested') return item.reason ?? beginning;
  return status === 'ready' && item.endAskedAt !== undefined ? endAsked : item.reason;
};

/**
 * A runner as the HTTP API shows it; what is not known is `undefined`, and so absent from the answer. How long a
 * provision usually takes is told while one is waited for.
 */
export const shownLife = (
  item: LifeItem,
  now: Date,
  usuallyReadySeconds?: number,
): Readonly<Record<string, unknown>> => {
  const status = statusAt(item, now);
  return {
    name: item.life,
    architecture: item.architecture,
    class: classOf(JSON.parse(item.input)) ?? defaultClass,
    status,
    market: item.market,
    instance_type: item.instanceType,
    instance_id: item.instanceId,
    availability_zone: item.availabilityZone,
    requested_at: item.requestedAt,
    ready_at: item.readyAt,
    deadline: item.deadline,
    reason: reasonOf(item, status),
    since: status === item.status ? item.since : item.deadline,
    usually_ready_seconds: isOnItsWay(status) ? usuallyReadySeconds : undefined,
    estimated_cost_usd: estimatedCostUsd(item, now),
    what_to_do: status === 'failed' ? item.whatToDo : undefined,
  };
};
