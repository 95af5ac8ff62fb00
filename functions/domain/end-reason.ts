import { parseDestroyName } from './destroy.ts';
import { isLive } from './instance-states.ts';
import type { LifeReading } from './life-reading.ts';
import { readProvisionOutput } from './provision-output.ts';

const causes = {
  asked: 'A destroy was asked for.',
  deadline: 'Its deadline has come.',
  ended: 'Its machine has ended.',
  failed: 'Its launch has failed.',
  sweep: 'The sweep found it left over.',
} as const;

/** What EC2 says of a machine that has ended, if that is worth saying. */
const machineReason = ({ instances, provision }: LifeReading): string | undefined => {
  const reason = instances.find((instance) => !isLive(instance) && isLast(instance, instances))?.stateReason;
  if (reason?.startsWith('Server.') === true)
    return `EC2 took its machine away (${reason}). A job that was on it has failed: run the workflow again.`;
  const isJobOver =
    reason === 'Client.InstanceInitiatedShutdown' ||
    readProvisionOutput(provision.output)?.outcome === 'used';
  return isJobOver ? 'Its job is over and its machine has powered off.' : undefined;
};

const isLast = (
  { round }: { readonly round: number },
  instances: readonly { readonly round: number }[],
): boolean => instances.every((other) => other.round <= round);

/** A polite destroy waits, and whoever watches should know for what. */
const waiting = ({ provision, destroys }: LifeReading): string | undefined => {
  if (!destroys.some(({ status }) => status === 'RUNNING')) return undefined;
  if (provision.status === 'RUNNING') return 'Its launch comes to its end first.';
  return undefined;
};

/** A destroy that did not succeed, while no other is at work. */
const trouble = ({ destroys }: LifeReading): string | undefined => {
  if (destroys.length === 0 || destroys.some(({ status }) => status === 'RUNNING' || status === 'SUCCEEDED'))
    return undefined;
  const error = destroys.at(-1)?.error ?? destroys.at(-1)?.status;
  return `The clean-up did not come to its end (${error}). The sweep begins another within five minutes.`;
};

const cause = ({ destroys, deadline, now }: LifeReading): string | undefined => {
  const reasons = destroys.flatMap(({ name }) => parseDestroyName(name)?.reason ?? []);
  const telling = reasons.find((reason) => reason !== 'ended') ?? reasons[0];
  if (telling !== undefined) return causes[telling];
  return deadline !== undefined && now >= deadline ? causes.deadline : undefined;
};

/** Why a runner that was ready, or was about to be, is or has been destroyed. */
export const endReason = (reading: LifeReading): string | undefined => {
  const machine = machineReason(reading);
  const parts = [machine ?? cause(reading), waiting(reading), trouble(reading)];
  const said = parts.filter((part) => part !== undefined);
  return said.length === 0 ? undefined : said.join(' ');
};
