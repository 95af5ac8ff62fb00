import { parseLifeName } from '../life/life.ts';
import { lifeInstance } from '../life/life-instance.ts';
import type { LifeReading } from '../life/life-reading.ts';
import { requestedAtOf } from '../life/provision-input.ts';
import { readProvisionOutput } from '../life/provision-output.ts';
import { endReason } from './end-reason.ts';
import { estimatedCostUsd } from './estimated-cost.ts';
import { failureReason } from './failure-reason.ts';
import { isOnItsWay, type LifeStatus, lifeStatus } from './life-status.ts';
import { shownStateOf } from './provision-states.ts';
import { statusSince } from './status-since.ts';
import { whatToDo } from './what-to-do.ts';

const waitsFor = ({ state }: LifeReading): string => {
  const { reason } = shownStateOf(state?.name);
  return state?.error === undefined
    ? reason
    : `${reason} The last attempt met ${state.error}; it is repeated.`;
};

const reasonOf = (reading: LifeReading, status: LifeStatus): string | undefined => {
  if (status === 'failed') return failureReason(reading.provision);
  if (status === 'destroying' || status === 'destroyed') return endReason(reading);
  if (status !== 'ready') return waitsFor(reading);
  return reading.waitingDestroy === undefined
    ? undefined
    : 'Its destroy has been asked for, and begins when its run is over.';
};

/**
 * A runner as the HTTP API shows it; what is not known is `undefined`, and so absent from the answer. How long a
 * provision usually takes is told while one is waited for.
 */
export const shownRunner = (
  reading: LifeReading,
  usuallyReadySeconds?: number,
): Readonly<Record<string, unknown>> => {
  const { life, provision, deadline } = reading;
  const output = readProvisionOutput(provision.output);
  const status = lifeStatus(reading);
  const instance = output?.instance ?? lifeInstance(reading);
  return {
    name: life,
    architecture: parseLifeName(life)?.architecture,
    status,
    market: instance?.market,
    instance_type: instance?.instanceType,
    instance_id: instance?.id,
    availability_zone: instance?.availabilityZone,
    requested_at: (requestedAtOf(provision.input) ?? provision.startedAt).toISOString(),
    ready_at: output?.readyAt,
    deadline: deadline?.toISOString(),
    reason: reasonOf(reading, status),
    since: statusSince(reading, status)?.toISOString(),
    usually_ready_seconds: isOnItsWay(status) ? usuallyReadySeconds : undefined,
    estimated_cost_usd: estimatedCostUsd(reading),
    what_to_do: status === 'failed' ? whatToDo(provision) : undefined,
  };
};
