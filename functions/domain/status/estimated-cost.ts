import { isLive } from '../life/instance-states.ts';
import type { LifeReading } from '../life/life-reading.ts';
import type { Instance } from '../ports.ts';
import { secondsBetween } from '../timing.ts';

/** EC2 counts seconds, but no fewer than these (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html). */
const leastBilledSeconds = 60;

const hourSeconds = 3_600;

/** `undefined` for an on-demand instance, whose price nothing that we ask knows. */
const costOf = ({ spotPrice, launchedAt }: Instance, now: Date): number | undefined =>
  spotPrice === undefined
    ? undefined
    : (spotPrice * Math.max(leastBilledSeconds, secondsBetween(launchedAt, now))) / hourSeconds;

/** Hundredths of a cent. */
const rounded = (dollars: number): number => Math.round(dollars * 10_000) / 10_000;

/**
 * What the machines that a life has now have cost so far, in US dollars: the spot price when the pools were ranked,
 * times the time since the launch, without volume, address and traffic. `undefined` when the life has none, or one
 * whose price is not known. A machine that EC2 took away is not in it: it is free if that was within its first hour
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/billing-for-interrupted-spot-instances.html).
 */
export const estimatedCostUsd = ({ instances, now }: LifeReading): number | undefined => {
  const costs = instances.filter(isLive).map((instance) => costOf(instance, now));
  const known = costs.filter((cost) => cost !== undefined);
  if (known.length === 0 || known.length < costs.length) return undefined;
  return rounded(known.reduce((sum, cost) => sum + cost, 0));
};
