import { type FunctionInvoker, nameOfFunction } from '../../local/aws/lambda/function-invoker.ts';
import type { LocalCloud } from '../../local/local-cloud.ts';
import { createSimulation, type Simulation } from '../../local/simulation.ts';
import type { Stack } from '../../local/template/stack.ts';
import type { RecordedCall } from '../../local/wire/front-door.ts';
import { type Bystanders, placeBystanders } from './bystanders.ts';
import { Caller } from './caller.ts';
import type { Evidence } from './evidence.ts';
import { FaultSchedule } from './fault-schedule.ts';
import { LifeActions } from './life-actions.ts';
import type { WorldPlan } from './plan.ts';
import { randomOf } from './random.ts';
import { installSeededGlobals } from './seeded-globals.ts';
import type { Watch } from './timeline.ts';
import { WorldEnd } from './world-end.ts';
import { worldMisfortunes } from './world-misfortunes.ts';
import { WorldRecord, worldStart } from './world-record.ts';
import { worldWatcher } from './world-watcher.ts';
import { WorldWitnesses } from './world-witnesses.ts';

export interface WorldOptions {
  readonly stack: Stack;
  readonly plan: WorldPlan;
  readonly watch?: Watch;
  /** Every call and invocation, in their order and with their life, for whoever plans faults by them. */
  readonly onCall?: (recorded: RecordedCall, life: string | undefined) => void;
  readonly onInvocation?: (stem: string, life: string | undefined) => void;
  /** Whether all witnesses are there, for tests of what they see; without it each is only in some worlds. */
  readonly hasAllWitnesses?: boolean;
  /** The cloud before the first request, for tests that meddle with it. */
  readonly onWorld?: (cloud: LocalCloud) => void;
  /** Stands before the functions, for tests that inject a bug. */
  readonly between?: (invoker: FunctionInvoker) => FunctionInvoker;
}

/** How often it is looked whether the world has ended, in seconds of the world. */
const lookSeconds = 60;

/** How long a machine that should have ended is watched on, to say how long it went on. */
const watchOnSeconds = 3_600;

const simulate = (
  options: WorldOptions,
  record: WorldRecord,
  witnesses: WorldWitnesses,
): Promise<Simulation> => {
  const { stack, plan, onCall, onInvocation, between = (invoker) => invoker } = options;
  const stems = new Map(stack.functions.map(({ name, stem }) => [name, stem]));
  const schedule = new FaultSchedule({
    faults: plan.faults,
    startedAt: worldStart.getTime(),
    onStrike: (strike) => record.strike(strike),
  });
  const simulation = {
    stack,
    start: worldStart,
    clockAheadSeconds: plan.circumstances.functionsAheadSeconds,
    ...worldMisfortunes(plan, randomOf(plan.seed), record, schedule),
    watcher: worldWatcher({ record, stems, ...(onCall === undefined ? {} : { onCall }) }),
    between: (invoker: FunctionInvoker): FunctionInvoker => {
      const changed = between(invoker);
      return {
        invoke: (reference, payload) => {
          const stem = stems.get(nameOfFunction(reference)) ?? reference;
          const life = record.lifeOf(payload);
          onInvocation?.(stem, life);
          return schedule.invocation(stem, life, () => changed.invoke(reference, payload));
        },
        close: () => changed.close(),
      };
    },
  };
  return createSimulation(witnesses.watch(simulation));
};

const deploymentOf = ({ functions }: Stack): string =>
  functions.find(({ stem }) => stem === 'sweep')?.environment['DEPLOYMENT'] ?? '';

/** Strangers' things are there before anything of ours is. */
const placeStrangers = (
  cloud: LocalCloud,
  record: WorldRecord,
  { stack, plan }: WorldOptions,
): Bystanders => {
  const [first] = plan.lives;
  if (!plan.hasBystanders || first === undefined) return { missing: () => [] };
  const placed = placeBystanders(cloud, deploymentOf(stack), `${first.label}_${first.architecture}-1`);
  for (const { id } of record.instances) record.strangers.add(id);
  return placed;
};

const liveOut = async ({ cloud, time }: Simulation, record: WorldRecord, options: WorldOptions) => {
  const { stack, plan } = options;
  const caller = new Caller(cloud, (entry) => record.tell(entry));
  const actions = new LifeActions(cloud, caller, record);
  for (const life of plan.lives) actions.plan(life);
  const end = new WorldEnd(cloud, record, deploymentOf(stack), plan);
  while (!end.hasCome(actions.pending)) await time.advance(lookSeconds);
  const haveEnded = (): boolean => record.own.every(({ endedAt }) => endedAt !== undefined);
  if (end.leftovers.length > 0) await time.advanceUntil(haveEnded, watchOnSeconds).catch(() => undefined);
  const endedAt = Date.now();
  const labels = plan.lives.map(({ label }) => label);
  return { endedAt, leftovers: end.leftovers, shown: await caller.statuses(labels, time) };
};

/** Runs a world from its first request until nothing more can come of it, and gives the evidence. */
export const runWorld = async (options: WorldOptions): Promise<Evidence> => {
  const { plan, watch, onWorld, hasAllWitnesses = false } = options;
  const restoreGlobals = installSeededGlobals(randomOf(plan.seed).fork('globals'));
  const record = new WorldRecord(watch);
  const witnesses = new WorldWitnesses(plan, hasAllWitnesses);
  const simulation = await simulate(options, record, witnesses);
  const { cloud } = simulation;
  try {
    onWorld?.(cloud);
    for (const fault of plan.injected) cloud.faults.add(fault);
    const bystanders = placeStrangers(cloud, record, options);
    const lived = await liveOut(simulation, record, options);
    const { own, onlineRunners, strikes, ec2OutageEndedAt, terminatedByOperator } = record;
    return {
      ...lived,
      instances: own,
      jobs: cloud.github.jobs,
      executions: cloud.executions.all,
      onlineRunners,
      strikes,
      ...(ec2OutageEndedAt === undefined ? {} : { ec2OutageEndedAt }),
      terminatedByOperator,
      missingBystanders: bystanders.missing(),
      ...witnesses.testify(cloud),
    };
  } finally {
    await simulation.end();
    restoreGlobals();
  }
};
