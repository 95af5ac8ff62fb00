import { destroyExecutions } from './adapters/aws/destroy-executions.ts';
import { ec2Fleet, ec2InstanceReader } from './adapters/aws/ec2-instances.ts';
import { executionLister } from './adapters/aws/execution-lister.ts';
import { provisionReader } from './adapters/aws/provision-executions.ts';
import { scheduleLister } from './adapters/aws/schedules.ts';
import { githubRegistrationLister } from './adapters/github/github-registrations.ts';
import { githubRuns } from './adapters/github/github-runs.ts';
import { measureFleet } from './domain/ending/fleet-metrics.ts';
import { correctItem, type KeptTablePorts, recountSeats } from './domain/ending/kept-table.ts';
import { livesOfDestroys } from './domain/ending/lives-of-destroys.ts';
import { hasEnded } from './domain/ending/run-use.ts';
import { type DestroyPorts, startDestroyOnce } from './domain/ending/start-destroy.ts';
import {
  type FleetReading,
  isConfirmed,
  isLeftToDestroy,
  isPastDeadline,
  livesSeen,
  type Orphan,
  orphanOf,
  type SweepReading,
  type SweptDeployment,
  withDeadline,
} from './domain/ending/sweep.ts';
import { runOf } from './domain/life/provision-input.ts';
import { readProvisionOutput } from './domain/life/provision-output.ts';
import { longestLifetimeOf } from './domain/machine-class.ts';
import type { Measure } from './domain/metrics.ts';
import type {
  Clock,
  Execution,
  ExecutionLister,
  ExecutionStatus,
  FleetReader,
  Instance,
  InstanceReader,
  ProvisionReader,
  RegistrationLister,
  ScheduleLister,
} from './domain/ports.ts';
import type { Tell } from './domain/status/life-news.ts';
import { addSeconds, sweepMemorySeconds } from './domain/timing.ts';
import { describeAttempt, eachRunOnce, isAttemptOver, type RunReader } from './domain/workflow-run.ts';
import { runsGithubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import type { Log } from './runtime/log.ts';
import { measureOf } from './runtime/metrics.ts';
import { deletesItems, listsItems, putsItems } from './runtime/table.ts';
import { tellingOf } from './runtime/telling.ts';

export interface SweepPorts extends DestroyPorts {
  readonly table: KeptTablePorts['table'];
  readonly tell: Tell;
  readonly fleet: FleetReader;
  readonly instances: InstanceReader;
  readonly registrations: RegistrationLister;
  readonly runs: RunReader;
  readonly schedules: ScheduleLister;
  readonly provisions: ProvisionReader;
  readonly executions: ExecutionLister;
  readonly clock: Clock;
  readonly measure: Measure;
  readonly log: Log;
}

export interface SweepResult {
  readonly lives: number;
  readonly orphans: readonly { readonly life: string; readonly because: string }[];
}

const failedStatuses: readonly ExecutionStatus[] = ['FAILED', 'TIMED_OUT', 'ABORTED'];

/** The names of the sources that did not answer. */
type Silent = Set<string>;

/** A source that whole lives are compared with; one that does not answer is counted. */
const source = async <T>(
  log: Log,
  silent: Silent,
  name: string,
  read: () => Promise<T>,
): Promise<T | undefined> => {
  const found = await orNothing(log, name, read);
  if (found === undefined) silent.add(name);
  return found;
};

/** Each provision is asked for once, however often it is looked at. */
const eachOnce = ({ provision }: ProvisionReader): ProvisionReader => {
  const known = new Map<string, Promise<Execution | undefined>>();
  return {
    provision: (life) => {
      const found = known.get(life) ?? provision(life);
      known.set(life, found);
      return found;
    },
  };
};

/** The table is a memory: without it, or without EC2, everything else is done all the same. */
const keepTable = async (
  ports: SweepPorts,
  instances: readonly Instance[] | undefined,
  lives: readonly { readonly life: string }[],
): Promise<void> => {
  if (instances === undefined) return;
  for (const { life } of lives)
    await orNothing(ports.log, `the item of ${life}`, () => correctItem(ports, instances, life));
  const given = await orNothing(ports.log, 'the seats', () => recountSeats(ports, instances));
  for (const life of given ?? []) ports.log('a seat was left', { life });
};

/** One source, or `undefined` when it does not answer: the sweep works with what the others show. */
const orNothing = async <T>(log: Log, source: string, read: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await read();
  } catch (error) {
    log('a source does not answer', { source, reason: String(error) });
    return undefined;
  }
};

/** What AWS shows, which is enough to judge whatever has a machine or a schedule. */
const readAws = async ({ fleet, schedules, log }: SweepPorts, silent: Silent): Promise<FleetReading> => {
  const [live, scheduled] = await Promise.all([
    source(log, silent, 'EC2', () => fleet.live()),
    source(log, silent, 'Scheduler', () => schedules.all()),
  ]);
  return {
    ...(live === undefined ? {} : { instances: live }),
    ...(scheduled === undefined ? {} : { schedules: scheduled }),
  };
};

const readGitHub = async ({ registrations, log }: SweepPorts, silent: Silent): Promise<FleetReading> => {
  const registered = await source(log, silent, 'GitHub', () => registrations.all());
  return registered === undefined ? {} : { registrations: registered };
};

interface Destroys {
  readonly running: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
}

/** A life whose destroys cannot be listed is treated as one without any: starting one more does no harm. */
const readDestroys = async (
  ports: SweepPorts,
  { classes }: SweptDeployment,
  silent: Silent,
): Promise<Destroys> => {
  const since = addSeconds(ports.clock(), -sweepMemorySeconds(longestLifetimeOf(classes)));
  const none: ReadonlySet<string> = new Set();
  const [running, failed] = await Promise.all([
    source(ports.log, silent, 'running destroys', () => livesOfDestroys(ports.executions, ['RUNNING'])),
    source(ports.log, silent, 'failed destroys', () =>
      livesOfDestroys(ports.executions, failedStatuses, since),
    ),
  ]);
  return { running: running ?? none, failed: failed ?? none };
};

/**
 * GitHub is asked only about a runner that is ready, for every other one is judged without it; and not past the
 * deadline, when waiting for its answer could use up the sweep's own time.
 */
const isRunOver = async (
  { clock, log }: SweepPorts,
  runs: RunReader,
  reading: SweepReading,
  provision: Execution | undefined,
): Promise<boolean | undefined> => {
  const run = runOf(provision?.input);
  if (run === undefined || provision?.status !== 'SUCCEEDED') return undefined;
  if (reading.hasLiveInstance !== true || isPastDeadline(reading, clock())) return undefined;
  return orNothing(log, describeAttempt(run), async () => {
    const view = await runs.run(run);
    return view === undefined || isAttemptOver(view, run);
  });
};

const judge = async (
  ports: SweepPorts,
  swept: SweptDeployment,
  runs: RunReader,
  found: SweepReading,
  destroys: Destroys,
): Promise<Orphan | undefined> => {
  const { life } = found;
  if (destroys.running.has(life) && isLeftToDestroy(found, ports.clock())) return undefined;
  const provision = await ports.provisions.provision(life);
  const reading = withDeadline(found, provision, swept);
  const isOver = await isRunOver(ports, runs, reading, provision);
  const evidence = {
    destroyFailed: destroys.failed.has(life),
    ...(provision === undefined ? {} : { provision }),
    ...(isOver === undefined ? {} : { isRunOver: isOver }),
  };
  const orphan = orphanOf(reading, evidence, ports.clock());
  if (orphan === undefined) return undefined;
  const hasMachineEnded = async (): Promise<boolean> =>
    hasEnded(await ports.instances.ofLife(life), readProvisionOutput(provision?.output)?.instance.id);
  if (!(await isConfirmed(orphan, hasMachineEnded))) {
    ports.log('one reading is not believed', { life, because: orphan.because });
    return undefined;
  }
  const { mode, deadline } = orphan;
  const input = { life, deployment: swept.deployment, reason: 'sweep', mode } as const;
  const outcome = await startDestroyOnce(ports, {
    ...input,
    ...(deadline === undefined ? {} : { deadline: deadline.toISOString() }),
  });
  ports.log('orphan', { life, because: orphan.because, mode, destroy: outcome });
  return orphan;
};

/**
 * Compares instances, registrations, schedules and executions, and starts a destroy for every life that
 * should not be there. It depends on no event and no other layer; one life that fails never stops the rest.
 * What AWS shows comes first, before GitHub has answered, whose slowness can use up the sweep's time; what only a
 * registration shows comes then.
 */
export const sweep = (all: SweepPorts, swept: SweptDeployment) => async (): Promise<SweepResult> => {
  const ports = { ...all, provisions: eachOnce(all.provisions) };
  const silent: Silent = new Set();
  const asked = readGitHub(ports, silent);
  const [shown, destroys] = await Promise.all([readAws(ports, silent), readDestroys(ports, swept, silent)]);
  const runs = eachRunOnce(ports.runs);
  const judgeAll = (lives: readonly SweepReading[]) =>
    Promise.all(
      lives.map((reading) =>
        orNothing(ports.log, reading.life, () => judge(ports, swept, runs, reading, destroys)),
      ),
    );
  const ofAws = livesSeen(shown, swept);
  const first = await judgeAll(ofAws);
  await keepTable(ports, shown.instances, ofAws);
  const lives = livesSeen({ ...shown, ...(await asked) }, swept);
  const judged = new Set(ofAws.map(({ life }) => life));
  const then = await judgeAll(lives.filter(({ life }) => !judged.has(life)));
  const orphans = [...first, ...then].filter((orphan) => orphan !== undefined);
  measureFleet(ports.measure, ports.clock(), swept.classes, {
    ...shown,
    lives: lives.length,
    orphans,
    silent: [...silent],
  });
  return { lives: lives.length, orphans: orphans.map(({ life, because }) => ({ life, because })) };
};

export const assemble: Assemble<unknown, SweepResult> = (runtime) => {
  const { aws, clock, log, settings } = runtime;
  const { scheduleGroup, provisionStateMachineArn, destroyStateMachineArn, ...swept } = settings(
    'deployment',
    'classes',
    'scheduleGroup',
    'provisionStateMachineArn',
    'destroyStateMachineArn',
  );
  const github = runsGithubOf(runtime);
  const ports: SweepPorts = {
    fleet: ec2Fleet(aws, swept.deployment),
    instances: ec2InstanceReader(aws, swept.deployment),
    registrations: githubRegistrationLister(github),
    runs: githubRuns(github),
    schedules: scheduleLister(aws, scheduleGroup),
    provisions: provisionReader(aws, provisionStateMachineArn),
    executions: executionLister(aws, { provisionStateMachineArn, destroyStateMachineArn }),
    destroys: destroyExecutions(aws, destroyStateMachineArn),
    table: { ...listsItems(runtime), ...putsItems(runtime), ...deletesItems(runtime) },
    tell: tellingOf(runtime),
    clock,
    measure: measureOf(runtime),
    log,
  };
  return sweep(ports, swept);
};

export const handler = lambda(assemble);
