import { isLive } from '../life/instance-states.ts';
import { stateReason } from '../life/state-reason.ts';
import type { Instance } from '../ports.ts';

/** Why a life is destroyed, by the reason in its destroy's name. */
export const endCauses = {
  asked: 'A destroy was asked for.',
  deadline: 'Its deadline has come.',
  ended: 'Its machine has ended.',
  failed: 'Its launch has failed.',
  sweep: 'The sweep found it left over.',
  removal: 'The deployment is being removed.',
  unneeded: 'The job that it was for has ended without a runner.',
} as const;

/** A runner whose job is over. */
export const poweredOffReason = 'Its machine has powered off, as it does when its job is over.';

/** A runner that no job of its own run has had. */
export const takenReason =
  'A job of another run has taken it, and was refused, or somebody deleted its runner at GitHub. Ask for another runner.';

/** What EC2 says of a machine that has ended, if that is worth saying. */
export const machineReason = (instance: Instance): string | undefined => {
  const reason = isLive(instance) ? undefined : stateReason(instance);
  if (reason?.by === 'interruption' || reason?.by === 'ec2')
    return `EC2 took its machine away (${reason.says}, ${instance.stateReason}). If a job was on it, it has failed: run the workflow again.`;
  return reason?.by === 'machine' ? poweredOffReason : undefined;
};
