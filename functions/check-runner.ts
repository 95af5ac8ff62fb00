import { ec2ConsoleReader } from './adapters/aws/ec2-console.ts';
import { ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { ec2Terminator } from './adapters/aws/ec2-terminator.ts';
import type { Unseen } from './domain/absence.ts';
import type { Architecture } from './domain/architecture.ts';
import {
  endOfLostRound,
  kept,
  neverOnline,
  type RoundReading,
  runnerVerdict,
  surplus,
  tellingInstance,
  unseenIn,
} from './domain/launch/runner-verdict.ts';
import type { FetchedRunner, LaunchedInstance, Round } from './domain/life/provision.ts';
import type { ProvisionInput } from './domain/life/provision-input.ts';
import type { ProvisionOutput } from './domain/life/provision-output.ts';
import { stateReason } from './domain/life/state-reason.ts';
import { classNamed, type MachineClasses } from './domain/machine-class.ts';
import type { Measure } from './domain/metrics.ts';
import type {
  Clock,
  ConsoleReader,
  Instance,
  InstanceReader,
  InstanceTerminator,
  Registration,
  RegistrationReader,
} from './domain/ports.ts';
import { checkNews } from './domain/status/step-news.ts';
import { rememberSeconds } from './domain/status/usual-time.ts';
import { bootLimitSeconds, bootLookSeconds, secondsBetween } from './domain/timing.ts';
import { githubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { measureOf } from './runtime/metrics.ts';
import { waitedRegistrations } from './runtime/readings.ts';
import { putsItems, readsItems } from './runtime/table.ts';
import { telling } from './runtime/telling.ts';
import { unharmed } from './runtime/unharmed.ts';

export interface CheckRunnerPorts {
  readonly instances: InstanceReader;
  readonly registrations: Pick<RegistrationReader, 'byId'>;
  readonly terminator: InstanceTerminator;
  readonly console: ConsoleReader;
  readonly clock: Clock;
  readonly measure: Measure;
  /** Remembers how long it took, for whoever waits for another; it never fails. */
  readonly remember: (architecture: Architecture, seconds: number) => Promise<void>;
}

interface Input extends ProvisionInput {
  readonly round: Round;
  readonly runner: FetchedRunner;
  readonly search: { readonly instance: LaunchedInstance };
  /** The answer before this one. */
  readonly check?: Partial<NotYet>;
}

interface NotYet {
  readonly outcome: 'waiting' | 'lost';
  readonly unseen?: Unseen;
  /** ISO 8601; when EC2 was asked last. */
  readonly lookedAt?: string;
}

export type Output = ProvisionOutput | NotYet;

const bootSecondsOf = (classes: MachineClasses, { search, class: name }: Input): number =>
  bootLimitSeconds(search.instance.instanceType, classNamed(classes, name)?.bootMinutes);

/**
 * While GitHub shows a runner that is not online, its machine most likely boots: EC2, which gives a whole account twenty
 * descriptions a second, is asked now and then whether it still does. The launch itself was such an answer.
 */
const mayWait = (
  { search, check }: Input,
  registration: Registration | undefined,
  bootSeconds: number,
  now: Date,
): boolean => {
  const { launchedAt } = search.instance;
  return (
    registration?.online === false &&
    secondsBetween(new Date(launchedAt), now) < bootSeconds &&
    secondsBetween(new Date(check?.lookedAt ?? launchedAt), now) < bootLookSeconds
  );
};

const read = async (
  { instances, clock }: CheckRunnerPorts,
  { life, round, search, check }: Input,
  registration: Registration | undefined,
  bootSeconds: number,
): Promise<RoundReading> => {
  const all = await instances.ofLife(life);
  return {
    round: round.number,
    instances: all.filter((instance) => instance.round === round.number),
    ...(registration === undefined ? {} : { registration }),
    ...(check?.unseen === undefined ? {} : { earlier: check.unseen }),
    launchedAt: new Date(search.instance.launchedAt),
    bootSeconds,
    now: clock(),
  };
};

const facts = ({ id, market, instanceType, availabilityZone }: Instance | LaunchedInstance) => ({
  id,
  market,
  instanceType,
  availabilityZone,
});

/** The console is a help and no more: without it the error is the same. */
const consoleOf = async ({ console }: CheckRunnerPorts, id: string): Promise<string | undefined> => {
  try {
    return await console.consoleOutput(id);
  } catch {
    return undefined;
  }
};

const endSurplus = async ({ terminator }: CheckRunnerPorts, { instances }: RoundReading): Promise<void> => {
  const ids = surplus(instances).map(({ id }) => id);
  if (ids.length > 0) await terminator.terminate(ids);
};

/** The console of an instance is kept for an hour after its end. */
const requireAnotherRound = async (ports: CheckRunnerPorts, reading: RoundReading): Promise<void> => {
  const instance = tellingInstance(reading.instances);
  const console =
    instance !== undefined && stateReason(instance)?.by === 'machine'
      ? await consoleOf(ports, instance.id)
      : undefined;
  const end = endOfLostRound(reading, console);
  if (end !== undefined) throw end;
};

const secondsToReady = ({ requestedAt }: Input, { readyAt }: ProvisionOutput): number =>
  secondsBetween(new Date(requestedAt), new Date(readyAt));

const measureReady = ({ measure }: CheckRunnerPorts, input: Input, output: ProvisionOutput): void => {
  const { life, round } = input;
  const { outcome, instance } = output;
  measure(
    'SecondsToReady',
    secondsToReady(input, output),
    { Market: instance.market },
    {
      decision: 'ready',
      life,
      outcome,
      round: round.number,
      instance: instance.id,
      instanceType: instance.instanceType,
      availabilityZone: instance.availabilityZone,
    },
  );
};

const notYet = (outcome: 'lost' | 'waiting', reading: RoundReading): NotYet => {
  const unseen = unseenIn(reading);
  const lookedAt = reading.now.toISOString();
  return { outcome, lookedAt, ...(unseen === undefined ? {} : { unseen }) };
};

/**
 * Asks GitHub, and EC2 when that may tell more, what has become of the round, and ends all but one of its instances. Throws
 * RunnerNeverOnline after the class's boot limit or when the machine gave up, AwsRefused when the account is at fault, and
 * InstanceLost when no round is left, or would be wanted.
 */
export const checkRunner =
  (ports: CheckRunnerPorts, classes: MachineClasses) =>
  async (input: Input): Promise<Output> => {
    const bootSeconds = bootSecondsOf(classes, input);
    const registration = await ports.registrations.byId(input.runner.registrationId);
    if (mayWait(input, registration, bootSeconds, ports.clock()))
      return { outcome: 'waiting', lookedAt: input.check?.lookedAt ?? input.search.instance.launchedAt };
    const reading = await read(ports, input, registration, bootSeconds);
    const verdict = runnerVerdict(reading);
    await endSurplus(ports, reading);
    const { id } = input.search.instance;
    if (verdict === 'never-online') throw neverOnline(reading.bootSeconds, await consoleOf(ports, id));
    if (verdict === 'lost') await requireAnotherRound(ports, reading);
    if (verdict === 'lost' || verdict === 'waiting') return notYet(verdict, reading);
    const instance = facts(kept(reading.instances) ?? input.search.instance);
    const output: ProvisionOutput = { outcome: verdict, readyAt: reading.now.toISOString(), instance };
    measureReady(ports, input, output);
    await ports.remember(input.architecture, secondsToReady(input, output));
    return output;
  };

export const assemble: Assemble<Input, Output> = telling({ news: checkNews }, (runtime) => {
  const { aws, clock, log, settings } = runtime;
  const { deployment, classes } = settings('deployment', 'classes');
  const table = { ...readsItems(runtime), ...putsItems(runtime) };
  return checkRunner(
    {
      instances: ec2InstanceReader(aws, deployment),
      registrations: waitedRegistrations(runtime, githubOf(runtime)),
      terminator: ec2Terminator(aws),
      console: ec2ConsoleReader(aws),
      clock,
      measure: measureOf(runtime),
      remember: (architecture, seconds) =>
        unharmed(log, 'usual time', () => rememberSeconds(table, architecture, seconds)),
    },
    classes,
  );
});

export const handler = lambda(assemble);
