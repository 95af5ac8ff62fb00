import { isProven, type Unseen, unseen } from '../absence.ts';
import { AwsRefused, InstanceLost, RunnerNeverOnline } from '../errors.ts';
import { isLive, isTerminated } from '../life/instance-states.ts';
import { maximumRounds } from '../life/life.ts';
import { type EndedBy, stateReason } from '../life/state-reason.ts';
import type { Instance, Registration } from '../ports.ts';
import { secondsBetween } from '../timing.ts';
import { consoleTail } from './console-tail.ts';

/** What EC2 and GitHub say of a launch round. */
export interface RoundReading {
  readonly round: number;
  /** The round's instances that EC2 shows, oldest first. */
  readonly instances: readonly Instance[];
  /** Absent when GitHub answered 404 for its id. */
  readonly registration?: Registration;
  /** What the reading before this one did not show. */
  readonly earlier?: Unseen;
  readonly launchedAt: Date;
  /** How long the runner may take to come online. */
  readonly bootSeconds: number;
  readonly now: Date;
}

export type RunnerVerdict = 'ready' | 'used' | 'waiting' | 'lost' | 'never-online';

/** What the reading does not show; each round has a registration of its own. */
export const unseenIn = ({ registration, round, earlier, now }: RoundReading): Unseen | undefined =>
  registration === undefined ? unseen(`registration of round ${round}`, earlier, now) : undefined;

/**
 * What has become of a launch round. Absent by its id, read twice, while its instance ends means that the job came and
 * went between two polls. Terminated while the registration remains means that EC2 took the machine away. While it
 * ends neither is certain, and `online` is stale.
 */
export const runnerVerdict = (reading: RoundReading): RunnerVerdict => {
  const { instances, registration, launchedAt, bootSeconds, now } = reading;
  const missing = unseenIn(reading);
  if (missing !== undefined && !isProven(missing, now)) return 'waiting';
  const isEnding = instances.length > 0 && !instances.some(isLive);
  if (isEnding && registration === undefined) return 'used';
  if (isEnding && instances.every(isTerminated)) return 'lost';
  if (!isEnding && registration?.online === true) return 'ready';
  return secondsBetween(launchedAt, now) >= bootSeconds ? 'never-online' : 'waiting';
};

const liveOldestFirst = (instances: readonly Instance[]): readonly Instance[] =>
  instances
    .filter(isLive)
    .toSorted((a, b) => a.launchedAt.getTime() - b.launchedAt.getTime() || (a.id < b.id ? -1 : 1));

/** All live instances but the oldest: what a launch whose answer was lost can leave in a round. */
export const surplus = (instances: readonly Instance[]): readonly Instance[] =>
  liveOldestFirst(instances).slice(1);

/** The instance that is the round's runner: the live one that is not surplus, else whichever there was. */
export const kept = (instances: readonly Instance[]): Instance | undefined =>
  liveOldestFirst(instances)[0] ?? instances[0];

const reasonsOf = (instances: readonly Instance[]): string =>
  [...new Set(instances.map(({ stateReason: code }) => code ?? 'no state reason'))].join(', ');

/**
 * The instance that tells why a lost round is lost: one whose end another machine would meet too, before one that EC2
 * took away; one that was ended by request tells only when it is alone, for surplus is ended so.
 */
export const tellingInstance = (instances: readonly Instance[]): Instance | undefined => {
  const endedBy = (by: EndedBy) => instances.find((instance) => stateReason(instance)?.by === by);
  return (
    endedBy('machine') ??
    endedBy('account') ??
    instances.find((instance) => stateReason(instance)?.by !== 'api') ??
    instances[0]
  );
};

const endsWith = (console: string | undefined): string => {
  const tail = consoleTail(console ?? '');
  return tail === '' ? 'EC2 has no console output of it.' : `Its console ends with:\n${tail}`;
};

/**
 * What ends a provision whose round is lost; `undefined` when another round may end better: EC2 took the machine, and
 * this was not the last round. The console is that of {@link tellingInstance}.
 */
export const endOfLostRound = (
  { round, instances }: RoundReading,
  console: string | undefined,
): InstanceLost | AwsRefused | RunnerNeverOnline | undefined => {
  const instance = tellingInstance(instances);
  const reason = instance === undefined ? undefined : stateReason(instance);
  const code = reasonsOf(instance === undefined ? [] : [instance]);
  if (reason?.by === 'machine')
    return new RunnerNeverOnline(
      `The machine powered itself off before its runner was online. ${endsWith(console)}`,
    );
  if (reason?.by === 'account')
    return new AwsRefused(`EC2 ended the instance while it started: ${reason.says} (${code}).`);
  if (reason?.by === 'api')
    return new InstanceLost(
      `The instance was ended before its runner was online, and not by EC2: ${reason.says} (${code}). ` +
        'Run the workflow again; who asked is in CloudTrail.',
    );
  if (round < maximumRounds) return undefined;
  return new InstanceLost(
    `EC2 ended the instance before its runner was online, in ${maximumRounds} rounds (${reasonsOf(instances)}). ` +
      'Run the workflow again; if this repeats, look at the state reason in EC2.',
  );
};

/** The error for a runner that did not come online in time, with what its machine last said. */
export const neverOnline = (bootSeconds: number, console: string | undefined): RunnerNeverOnline =>
  new RunnerNeverOnline(
    `The instance ran for ${bootSeconds / 60} minutes and its runner did not come online. ${endsWith(console)}`,
  );
