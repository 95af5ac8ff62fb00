import { parseDestroyName } from '../ending/destroy.ts';
import { isTakenByAnother } from '../ending/destroy-output.ts';
import { isLive } from '../life/instance-states.ts';
import { lifeInstance } from '../life/life-instance.ts';
import type { LifeReading } from '../life/life-reading.ts';
import { readProvisionOutput } from '../life/provision-output.ts';

const causes = {
  asked: 'A destroy was asked for.',
  deadline: 'Its deadline has come.',
  ended: 'Its machine has ended.',
  failed: 'Its launch has failed.',
  sweep: 'The sweep found it left over.',
  removal: 'The deployment is being removed.',
} as const;

const isUnderWay = ({ destroys }: LifeReading): boolean =>
  destroys.some(({ status }) => status === 'RUNNING');

const takenReason =
  'A job of another run has taken it, and was refused, or somebody deleted its runner at GitHub. Ask for another runner.';

/**
 * What EC2 says of a machine that has ended, if that is worth saying
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StateReason.html).
 */
const machineReason = (reading: LifeReading): string | undefined => {
  const instance = lifeInstance(reading);
  const reason = instance === undefined || isLive(instance) ? undefined : instance.stateReason;
  if (reason?.startsWith('Server.') === true)
    return `EC2 took its machine away (${reason}). A job that was on it has failed: run the workflow again.`;
  if (reading.destroys.some(({ output }) => isTakenByAnother(output))) return takenReason;
  const isPoweredOff =
    reason === 'Client.InstanceInitiatedShutdown' ||
    readProvisionOutput(reading.provision.output)?.outcome === 'used';
  return isPoweredOff ? 'Its machine has powered off, as it does when its job is over.' : undefined;
};

/** Why it is destroyed. That the machine has ended follows from every other reason. */
const causeOf = ({ destroys, deadline, now }: LifeReading): string | undefined => {
  const reasons = destroys.flatMap(({ name }) => parseDestroyName(name)?.reason ?? []);
  const telling = reasons.find((reason) => reason !== 'ended') ?? reasons[0];
  if (telling !== undefined) return causes[telling];
  return deadline !== undefined && now >= deadline ? causes.deadline : undefined;
};

/** A graceful destroy waits, and whoever watches should know for what. */
const waitingFor = (reading: LifeReading): string | undefined => {
  if (!isUnderWay(reading)) return undefined;
  if (reading.provision.status === 'RUNNING') return 'Its launch comes to its end first.';
  return reading.instances.some(isLive)
    ? 'A job that runs on it is not ended before the deadline.'
    : undefined;
};

/** A destroy that did not succeed, while no other is at work. */
const troubleOf = (reading: LifeReading): string | undefined => {
  const last = reading.destroys.at(-1);
  if (last === undefined || isUnderWay(reading) || last.status === 'SUCCEEDED') return undefined;
  return `The clean-up did not come to its end (${last.error ?? last.status}). The sweep begins another within minutes.`;
};

/** Why a runner that was ready, or was about to be, is or has been destroyed; absent when nobody knows. */
export const endReason = (reading: LifeReading): string | undefined => {
  const isOver = reading.destroys.some(({ status }) => status === 'SUCCEEDED');
  const said = [
    machineReason(reading) ?? causeOf(reading),
    ...(isOver ? [] : [waitingFor(reading), troubleOf(reading)]),
  ].filter((part) => part !== undefined);
  return said.length === 0 ? undefined : said.join(' ');
};
