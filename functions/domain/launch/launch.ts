import type { SeatTable } from '../admission/seats.ts';
import type { Architecture } from '../architecture.ts';
import { AwsUnavailable, InputInvalid, LaunchForbidden } from '../errors.ts';
import { nestsVirtualization } from '../instance-type.ts';
import { boundedDeadline, latestDeadline, utcTime } from '../life/deadline.ts';
import { scheduleName } from '../life/life.ts';
import type { CapacitySearch, FetchedRunner, LaunchedInstance, Refusal, Round } from '../life/provision.ts';
import { ofClass, type ProvisionInput } from '../life/provision-input.ts';
import { runnerTags } from '../life/tags.ts';
import { type MachineClass, type MachineClasses, requireClass } from '../machine-class.ts';
import type { Measure } from '../metrics.ts';
import type {
  CapacityPool,
  Clock,
  InstanceLauncher,
  LaunchAnswer,
  Market,
  ProvisionReader,
  ScheduleReader,
  Unsealer,
} from '../ports.ts';
import {
  addSeconds,
  bootLimitSeconds,
  clockSkewSeconds,
  launchReserveSeconds,
  secondsBetween,
  sweepIntervalMinutes,
} from '../timing.ts';
import { afterRefusal } from './capacity.ts';
import { clientToken } from './client-token.ts';
import { requireSeats } from './launch-seat.ts';
import { userData } from './user-data.ts';

export interface LaunchInput extends ProvisionInput {
  readonly image: { readonly id: string };
  readonly round: Round;
  readonly runner: FetchedRunner;
  readonly search: CapacitySearch;
}

export interface LaunchPorts {
  readonly table: SeatTable;
  readonly launcher: InstanceLauncher;
  readonly unsealer: Unsealer;
  readonly provisions: ProvisionReader;
  readonly schedules: ScheduleReader;
  readonly clock: Clock;
  readonly measure: Measure;
  /** Remembers for all lives that a pool had no capacity; it never fails. */
  readonly remember: (refusal: Refusal) => Promise<void>;
}

export interface LaunchSettings {
  readonly deployment: string;
  readonly bootScript: string;
  readonly liveRunnerCap: number;
  readonly classes: MachineClasses;
}

export type LaunchResult = CapacitySearch & { readonly instance?: LaunchedInstance };

const poolOf = ({ pools, poolIndex }: CapacitySearch): CapacityPool => {
  const pool = pools[poolIndex];
  if (pool === undefined) throw new InputInvalid(`search.poolIndex ${poolIndex} is none of its pools`);
  return pool;
};

/** A machine that may not even have booted by its deadline is not worth its money. */
const requireTimeLeft = (deadline: unknown, now: Date, bootSeconds: number): Date => {
  const leastSeconds = Math.max(launchReserveSeconds, bootSeconds);
  const end = utcTime(deadline);
  if (end === undefined) throw new LaunchForbidden('The deadline is not a time in UTC.');
  if (secondsBetween(now, end) < leastSeconds)
    throw new LaunchForbidden(`Less than ${leastSeconds / 60} minutes remain before the deadline.`);
  return end;
};

/**
 * The deadline of a launch, which no input can put after the lifetime by Step Functions' own clock. Refuses a launch
 * whose end is not certain, or that would be one too many; throws LaunchForbidden or CapReached. A Lambda can outlive
 * its execution. What one reading does not show may be there: AwsUnavailable, to be asked again.
 */
const guard = async (
  ports: LaunchPorts,
  { deployment, liveRunnerCap }: LaunchSettings,
  { lifetimeMinutes, bootMinutes, seats }: MachineClass,
  { life, deadline, search }: LaunchInput,
): Promise<Date> => {
  const bootSeconds = bootLimitSeconds(poolOf(search).instanceType, bootMinutes);
  const end = requireTimeLeft(deadline, ports.clock(), bootSeconds);
  const [provision, endsAt] = await Promise.all([
    ports.provisions.provision(life),
    ports.schedules.startsAt(scheduleName(life, deployment)),
  ]);
  if (provision === undefined)
    throw new AwsUnavailable('Step Functions does not show the execution that asked for the launch');
  if (provision.status !== 'RUNNING')
    throw new LaunchForbidden('The execution that asked for the launch no longer runs.');
  if (endsAt === undefined)
    throw new AwsUnavailable('Scheduler does not show the schedule that ends the instance');
  const tolerated = addSeconds(latestDeadline(provision.startedAt, lifetimeMinutes), clockSkewSeconds);
  if (end > tolerated)
    throw new LaunchForbidden(
      `The deadline is more than ${lifetimeMinutes} minutes after the execution began.`,
    );
  if (endsAt > tolerated)
    throw new LaunchForbidden('The schedule would end the instance long after its deadline.');
  await requireSeats(ports.table, liveRunnerCap, seats, life, ports.clock());
  return boundedDeadline(end, provision.startedAt, lifetimeMinutes);
};

const userDataOf = async (
  { unsealer }: LaunchPorts,
  { bootScript }: LaunchSettings,
  { runner, label, architecture, run }: LaunchInput,
  deadline: Date,
): Promise<string> =>
  userData({
    jitConfig: await unsealer.unseal(runner.sealedJitConfig, runner.name),
    deadline,
    runnerName: runner.name,
    label,
    architecture: architecture satisfies Architecture,
    download: runner.download,
    ...(bootScript === '' ? {} : { bootScript }),
    ...(run === undefined ? {} : { run }),
  });

/** A pool as it is in a market: a spot price is none of an on-demand instance's. */
const poolIn = (market: Market, { spotPrice, ...pool }: CapacityPool): CapacityPool =>
  market === 'spot' && spotPrice !== undefined ? { ...pool, spotPrice } : pool;

const tagsOf = (
  { deployment }: LaunchSettings,
  input: LaunchInput,
  { spotPrice }: CapacityPool,
  deadline: Date,
): Readonly<Record<string, string>> =>
  runnerTags({
    deployment,
    life: input.life,
    label: input.label,
    architecture: input.architecture,
    ...ofClass(input.class),
    round: input.round.number,
    deadline,
    requestedBy: input.requestedBy,
    registrationId: input.runner.registrationId,
    ...(input.run === undefined ? {} : { run: input.run }),
    ...(spotPrice === undefined ? {} : { spotPrice }),
  });

const refusalOf = (
  { code }: Exclude<LaunchAnswer, { kind: 'launched' }>,
  market: Market,
  { instanceType, availabilityZone }: CapacityPool,
): Refusal => ({ market, instanceType, availabilityZone, code });

const afterAnswer = (
  answer: LaunchAnswer,
  search: CapacitySearch,
  market: Market,
  pool: CapacityPool,
  now: Date,
): LaunchResult => {
  if (answer.kind === 'launched') {
    const instance = { id: answer.instanceId, market, launchedAt: now.toISOString(), ...pool };
    return { ...search, next: 'launched', instance };
  }
  if (answer.kind === 'throttled') return { ...search, throttles: (search.throttles ?? 0) + 1 };
  return afterRefusal(search, refusalOf(answer, market, pool), answer.kind === 'no-spot', now);
};

/** Others need not ask the pool within the next minute. */
const tellShortage = async (
  { remember }: LaunchPorts,
  answer: LaunchAnswer,
  market: Market,
  pool: CapacityPool,
): Promise<void> => {
  if (answer.kind === 'no-capacity') await remember(refusalOf(answer, market, pool));
};

/**
 * The first interval of a sweep is counted at the launch, and the others by the sweeps: a runner that lives between two
 * of them is in the budget all the same. One that takes several seats of the cap counts as often.
 */
const measureLaunch = (
  { measure }: LaunchPorts,
  { seats }: MachineClass,
  life: string,
  instance: string,
): void =>
  measure('RunnerHours', (seats * sweepIntervalMinutes) / 60, {}, { decision: 'launched', life, instance });

/**
 * One launch attempt: asks one capacity pool in one market and says where the search goes next. The same
 * attempt is the same request to the byte, so that a repeat after a lost answer finds its instance. One that EC2 throttles
 * is the next one too, in another turn.
 * Throws LaunchForbidden, CapReached, CapacityUnavailable, InstanceTypeUnsupported, QuotaExceeded, AwsUnavailable, AwsRefused or InputInvalid.
 */
export const attemptLaunch =
  (ports: LaunchPorts, settings: LaunchSettings, market: Market) =>
  async (input: LaunchInput): Promise<LaunchResult> => {
    const { life, round, image, search } = input;
    const pool = poolIn(market, poolOf(search));
    const machineClass = requireClass(settings.classes, input.class);
    const deadline = await guard(ports, settings, machineClass, input);
    const answer = await ports.launcher.launch({
      clientToken: clientToken(settings.deployment, life, round.number, market, pool, search.passes ?? 0),
      market,
      pool,
      imageId: image.id,
      userData: await userDataOf(ports, settings, input, deadline),
      volumeGib: machineClass.volumeGib,
      nestedVirtualization: machineClass.kvm && nestsVirtualization(pool.instanceType),
      tags: tagsOf(settings, input, pool, deadline),
    });
    if (answer.kind === 'launched') measureLaunch(ports, machineClass, life, answer.instanceId);
    await tellShortage(ports, answer, market, pool);
    return afterAnswer(answer, search, market, pool, ports.clock());
  };
