import { LaunchForbidden } from '../errors.ts';
import { utcTime } from '../life/deadline.ts';
import type { CapacitySearch, Turn } from '../life/provision.ts';
import { addSeconds, launchReserveSeconds, secondsBetween } from '../timing.ts';

/** The longest that a life stands back which EC2 throttles in its turn all the same. */
const maximumBackoffSeconds = 60;

/** Who is throttled in its turn comes back later each time: others in the account launch too. */
const backoffSeconds = ({ throttles = 0 }: Partial<CapacitySearch>): number =>
  throttles === 0 ? 0 : Math.min(maximumBackoffSeconds, 2 ** throttles);

/**
 * The turn as the state machine waits for it, in whole seconds, for Step Functions cuts off what is less
 * (https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html). Throws LaunchForbidden when too little time
 * would be left before the deadline; one that is no time is the launch's to refuse.
 */
export const turnFor = (moment: Date, search: Partial<CapacitySearch>, deadline: string, now: Date): Turn => {
  const earliest = addSeconds(now, backoffSeconds(search));
  const at = new Date(Math.ceil(Math.max(moment.getTime(), earliest.getTime()) / 1_000) * 1_000);
  const end = utcTime(deadline);
  if (end !== undefined && secondsBetween(at, end) < launchReserveSeconds)
    throw new LaunchForbidden(
      `Its turn to launch would come at ${at.toISOString()}, when less than ${launchReserveSeconds / 60} minutes remain ` +
        'before the deadline: too many runners are asked for at once.',
    );
  return { at: at.toISOString(), waitSeconds: secondsBetween(now, at) };
};
