import type { Interruption } from '../../control/controlled-cloud.ts';
import type { Fleet } from './state.ts';

/** EC2's state reason of a spot instance that it took back (API_StateReason). */
const spotTermination = 'Server.SpotInstanceTermination';

/**
 * Takes a spot instance back, without the notice that EC2 gives two minutes before: nothing here heeds it
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html).
 */
export const interruptSpotInstance = (fleet: Fleet, instanceId: string): Interruption => {
  const instance = fleet.find(instanceId);
  if (instance === undefined) return 'unknown';
  if (instance.market !== 'spot') return 'on-demand';
  if (instance.state !== 'pending' && instance.state !== 'running') return 'ended';
  fleet.end(instance, spotTermination);
  return 'interrupted';
};
