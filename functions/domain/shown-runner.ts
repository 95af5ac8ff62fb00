import { endReason } from './end-reason.ts';
import { failureReason } from './failure-reason.ts';
import { isLive } from './instance-states.ts';
import { parseLifeName } from './life.ts';
import type { LifeReading } from './life-reading.ts';
import { type LifeStatus, lifeStatus } from './life-status.ts';
import type { Instance } from './ports.ts';
import { readProvisionOutput } from './provision-output.ts';
import { placeOf } from './provision-places.ts';

type ShownInstance = Pick<Instance, 'id' | 'market' | 'instanceType' | 'availabilityZone'>;

const newestFirst = (a: Instance, b: Instance): number =>
  b.round - a.round || b.launchedAt.getTime() - a.launchedAt.getTime();

/** The instance that the reader means: the one that got ready, else the newest; while launching a live one. */
const shownInstance = ({ provision, instances }: LifeReading): ShownInstance | undefined => {
  const isRunning = provision.status === 'RUNNING';
  return (
    readProvisionOutput(provision.output)?.instance ??
    instances.filter((instance) => !isRunning || isLive(instance)).toSorted(newestFirst)[0]
  );
};

const waitsFor = ({ place }: LifeReading): string => {
  const { reason } = placeOf(place?.name);
  return place?.error === undefined
    ? reason
    : `${reason} The last attempt met ${place.error}; it is repeated.`;
};

const reasonOf = (reading: LifeReading, status: LifeStatus): string | undefined => {
  if (status === 'failed') return failureReason(reading.provision);
  if (status === 'destroying' || status === 'destroyed') return endReason(reading);
  return status === 'ready' ? undefined : waitsFor(reading);
};

/** A runner as the HTTP API shows it; what is not known is absent. */
export const shownRunner = (reading: LifeReading): Readonly<Record<string, unknown>> => {
  const { life, provision, deadline } = reading;
  const status = lifeStatus(reading);
  const instance = shownInstance(reading);
  return {
    name: life,
    architecture: parseLifeName(life)?.architecture,
    status,
    market: instance?.market,
    instance_type: instance?.instanceType,
    instance_id: instance?.id,
    availability_zone: instance?.availabilityZone,
    requested_at: provision.startedAt.toISOString(),
    ready_at: readProvisionOutput(provision.output)?.readyAt,
    deadline: deadline?.toISOString(),
    reason: reasonOf(reading, status),
  };
};
