import { isLive } from '../life/instance-states.ts';
import { lifeInstance } from '../life/life-instance.ts';
import type { LifeReading } from '../life/life-reading.ts';
import { readProvisionOutput } from '../life/provision-output.ts';
import { addSeconds, ec2LagSeconds } from '../timing.ts';
import { shownStateOf } from './provision-states.ts';

/** Every status that a life can have, in the order of a life. */
export const lifeStatuses = [
  'requested',
  'launching',
  'booting',
  'ready',
  'failed',
  'destroying',
  'destroyed',
] as const;

export type LifeStatus = (typeof lifeStatuses)[number];

const isDue = ({ deadline, now }: LifeReading): boolean => deadline !== undefined && now >= deadline;

/**
 * Whether a provision that succeeded has no machine any more: its one job is over, or EC2 took it away. EC2
 * can be late in showing a new instance, so absence alone means something only after a while.
 */
const isUsedUp = (reading: LifeReading): boolean => {
  const { provision, instances, now } = reading;
  const output = readProvisionOutput(provision.output);
  if (provision.status !== 'SUCCEEDED') return false;
  if (output?.outcome === 'used') return true;
  if (instances.some(isLive)) return false;
  if (output === undefined) return true;
  return lifeInstance(reading) !== undefined || now >= addSeconds(new Date(output.readyAt), ec2LagSeconds);
};

/** The status of a life, as the HTTP API tells it. A failure outlasts its clean-up. */
export const lifeStatus = (reading: LifeReading): LifeStatus => {
  const { provision, state, destroys } = reading;
  if (provision.status !== 'RUNNING' && provision.status !== 'SUCCEEDED') return 'failed';
  if (destroys.some(({ status }) => status === 'SUCCEEDED')) return 'destroyed';
  if (destroys.length > 0 || isDue(reading) || isUsedUp(reading)) return 'destroying';
  return provision.status === 'SUCCEEDED' ? 'ready' : shownStateOf(state?.name).status;
};

/** Whether the next request for the label starts another life beside this one. */
export const isPast = (reading: LifeReading): boolean =>
  ['failed', 'destroying', 'destroyed'].includes(lifeStatus(reading));

/** Whether a destroy has proven that nothing of the life is left. */
export const isGone = ({ destroys }: LifeReading): boolean =>
  destroys.some(({ status }) => status === 'SUCCEEDED');

/** Whether a runner is still waited for. */
export const isOnItsWay = (status: LifeStatus): boolean =>
  status === 'requested' || status === 'launching' || status === 'booting';
