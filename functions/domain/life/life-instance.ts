import type { Instance } from '../ports.ts';
import { isLive } from './instance-states.ts';
import type { LifeReading } from './life-reading.ts';
import { readProvisionOutput } from './provision-output.ts';

const newestFirst = (a: Instance, b: Instance): number =>
  b.round - a.round || b.launchedAt.getTime() - a.launchedAt.getTime();

/**
 * The instance of a life that a reader means, if EC2 shows it: the one that got ready, else the newest. A life
 * can have had others: one that was lost in an earlier round, one that a lost answer left. While the provision
 * runs only a live one is meant, for what is gone is being replaced.
 */
export const lifeInstance = ({ provision, instances }: LifeReading): Instance | undefined => {
  const readyId = readProvisionOutput(provision.output)?.instance.id;
  if (readyId !== undefined) return instances.find(({ id }) => id === readyId);
  const meant = provision.status === 'RUNNING' ? instances.filter(isLive) : instances;
  return meant.toSorted(newestFirst)[0];
};
