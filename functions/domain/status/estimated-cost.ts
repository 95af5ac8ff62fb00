import type { LifeItem } from '../life/life-item.ts';
import { secondsBetween } from '../timing.ts';

/** EC2 counts seconds, but no fewer than these (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html). */
const leastBilledSeconds = 60;

const hourSeconds = 3_600;

/** Hundredths of a cent. */
const rounded = (dollars: number): number => Math.round(dollars * 10_000) / 10_000;

/**
 * What the machine that a life has now has cost so far, in US dollars: the spot price when the pools were ranked, times
 * the time since the launch, without volume, address and traffic. `undefined` when the life has none, or one whose
 * price is not known: nothing that we ask knows an on-demand price.
 */
export const estimatedCostUsd = (
  { status, spotPrice, launchedAt }: LifeItem,
  now: Date,
): number | undefined => {
  if (status !== 'booting' && status !== 'ready') return undefined;
  if (spotPrice === undefined || launchedAt === undefined) return undefined;
  const seconds = Math.max(leastBilledSeconds, secondsBetween(new Date(launchedAt), now));
  return rounded((spotPrice * seconds) / hourSeconds);
};
