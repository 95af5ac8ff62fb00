import type { FakeInstance } from '../../local/cloud/ec2/fleet.ts';
import type { CloudEvent } from '../../local/cloud/event-bus.ts';
import type { RecordedCall } from '../../local/cloud/front-door.ts';
import type { LocalCloud } from '../../local/cloud/local-cloud.ts';
import type { FunctionInvoker } from '../../local/lambda/function-invoker.ts';
import { nameOfFunction } from '../../local/lambda/function-invoker.ts';
import { runningInvocation } from '../../local/lambda/invocation.ts';
import { createSimulation } from '../../local/simulation.ts';
import type { Stack } from '../../local/template/stack.ts';
import { placeBystanders } from './bystanders.ts';
import { Caller } from './caller.ts';
import type { Evidence, Strike } from './evidence.ts';
import { FaultSchedule } from './fault-schedule.ts';
import { leftoversOf } from './leftovers.ts';
import { lifeOfPayload } from './life-of-payload.ts';
import type { Circumstances, PlannedFault, WorldPlan } from './plan.ts';
import { randomOf } from './random.ts';
import { installSeededGlobals } from './seeded-globals.ts';
import type { TimelineEntry, Watch } from './timeline.ts';

export interface WorldOptions {
  readonly stack: Stack;
  readonly plan: WorldPlan;
  readonly watch?: Watch;
  /** Every call and invocation, in their order and with their life, for whoever plans faults by them. */
  readonly onCall?: (recorded: RecordedCall, life: string | undefined) => void;
  readonly onInvocation?: (stem: string, life: string | undefined) => void;
  /** The cloud before the first request, for tests that meddle with it. */
  readonly onWorld?: (cloud: LocalCloud) => void;
  /** Stands before the functions, for tests that plant a bug. */
  readonly between?: (invoker: FunctionInvoker) => FunctionInvoker;
}

const start = new Date('2026-03-01T10:00:00Z');
const lifeTag = 'stint:life';

/** Nothing of a life may be there so long after its deadline and the last fault. */
const leftoverGraceSeconds = 1_200;

/** A world that has been at rest for so long stays so. */
const restSeconds = 660;

const never = Number.POSITIVE_INFINITY;

const endOfFault = (fault: PlannedFault): number => fault.from + (fault.seconds ?? 0);

const deliveriesIn = (
  { eventTrouble }: Circumstances,
  seed: string,
  onStrike: (kind: string, what: string) => void,
) => {
  const random = randomOf(`${seed}/events`);
  return (event: CloudEvent): readonly number[] => {
    if (!random.chance(eventTrouble)) return [0];
    const [kind, deliveries] = random.pick<readonly [string, readonly number[]]>([
      ['event-lost', []],
      ['event-twice', [0, random.between(1, 240)]],
      ['event-late', [random.between(10, 600)]],
    ]);
    onStrike(kind, String(event['detail-type']));
    return deliveries;
  };
};

/** Runs a world from its first request until nothing more can come of it, and gives the evidence. */
export const runWorld = async ({
  stack,
  plan,
  watch,
  onCall,
  onInvocation,
  onWorld,
  between = (invoker) => invoker,
}: WorldOptions): Promise<Evidence> => {
  const { circumstances, faults, seed, without } = plan;
  const random = randomOf(seed);
  const restoreGlobals = installSeededGlobals(random.fork('globals'));
  const instances = new Set<FakeInstance>();
  const onlineRunners = new Set<string>();
  const strikes: Strike[] = [];
  let ec2OutageEndedAt: number | undefined;
  const startedAt = start.getTime();

  const tell = (entry: Omit<TimelineEntry, 'at' | 'isFault'> & { readonly isFault?: boolean }): void => {
    watch?.({ at: Date.now(), isFault: false, ...entry });
  };
  const lifeOf = (payload: unknown): string | undefined =>
    lifeOfPayload(payload, (id) => [...instances].find((instance) => instance.id === id)?.tags[lifeTag]);
  const presentLife = (): string | undefined => lifeOf(runningInvocation()?.payload);
  const strike = (struck: Strike): void => {
    strikes.push(struck);
    if (struck.what.startsWith('ec2 ')) ec2OutageEndedAt = struck.at;
    const life = presentLife();
    tell({
      party: 'fault',
      what: `${struck.kind}: ${struck.what}`,
      isFault: true,
      ...(life === undefined ? {} : { life }),
    });
  };
  const strikeNow = (kind: string, what: string): void => strike({ at: Date.now(), kind, what });

  const schedule = new FaultSchedule({ faults, startedAt, onStrike: strike });
  const silences = faults.filter((fault) => fault.type === 'silence');
  const isSilent = (layer: 'sweep' | 'schedule', at: number): boolean => {
    if (without.includes(layer)) return true;
    const silent = silences.some(
      (fault) =>
        fault.layer === layer &&
        at >= startedAt + fault.from * 1_000 &&
        at < startedAt + (fault.from + fault.seconds) * 1_000,
    );
    if (silent) strikeNow(`${layer}-silent`, layer);
    return silent;
  };
  const draw = (name: string) => {
    const own = random.fork(name);
    return (most: number): number => (most === 0 ? 0 : own.next() * most);
  };
  const lag = draw('ec2 lag');
  const listLag = draw('list lag');
  const stale = draw('stale busy');
  const boot = draw('boot');
  const firing = random.fork('firing');

  const stems = new Map(stack.functions.map(({ name, stem }) => [name, stem]));

  const simulation = await createSimulation({
    stack,
    start,
    clockAheadSeconds: circumstances.functionsAheadSeconds,
    bootSeconds: () => 10 + boot(circumstances.bootSeconds),
    fleet: { lagSeconds: () => lag(circumstances.ec2LagSeconds) },
    github: {
      staleBusySeconds: () => stale(circumstances.staleBusySeconds),
      listLagSeconds: () => listLag(circumstances.listLagSeconds),
      onOnline: ({ name }) => {
        onlineRunners.add(name);
        tell({ party: 'github', what: `${name} is online`, life: name.replace(/-\d-\w+$/, '') });
      },
    },
    layers: {
      isShutdownOn: () => !without.includes('shutdown'),
      isScheduleOn: () => !isSilent('schedule', Date.now()),
      isSweepOn: () => !isSilent('sweep', Date.now()),
    },
    misfortunes: {
      intercept: (intercepted) => schedule.call(intercepted, presentLife()),
      deliveries: deliveriesIn(circumstances, seed, strikeNow),
      firings: () => {
        const first = firing.between(0, 59);
        return firing.chance(circumstances.doubleFiring) ? [first, first + firing.between(1, 90)] : [first];
      },
      machineAheadSeconds: () => circumstances.machinesAheadSeconds,
    },
    between: (invoker) => {
      const bugged = between(invoker);
      return {
        invoke: (reference, payload) => {
          const stem = stems.get(nameOfFunction(reference)) ?? reference;
          const life = lifeOf(payload);
          onInvocation?.(stem, life);
          return schedule.invocation(stem, life, () => bugged.invoke(reference, payload));
        },
        close: () => bugged.close(),
      };
    },
    watcher: {
      onInstance: (instance) => {
        instances.add(instance);
        const { id, state, market, stateReason } = instance;
        const life = instance.tags[lifeTag];
        tell({
          party: 'ec2',
          what: `${id} (${market}) is ${state}${stateReason === undefined ? '' : `: ${stateReason}`}`,
          ...(life === undefined ? {} : { life }),
        });
      },
      onCall: (recorded) => {
        if (watch === undefined && onCall === undefined) return;
        const invocation = runningInvocation();
        const life = presentLife();
        onCall?.(recorded, life);
        const { call, status } = recorded;
        tell({
          party: (invocation === undefined ? call.caller : stems.get(invocation.name)) ?? call.caller,
          what: `${call.service} ${call.operation} → ${status ?? recorded.fault}`,
          ...(life === undefined ? {} : { life }),
        });
      },
      onStateEvent: ({ name, stateMachine }, event) => {
        if (watch === undefined) return;
        if (!/Entered$|^Execution|Failed$|TimedOut$/.test(event.type)) return;
        const life = name.replace(/-(asked|failed|ended|sweep|deadline|idle)-\d+$/, '');
        const what = [event.state ?? event.type, event.error, event.cause?.slice(0, 160)];
        tell({
          party: stateMachine,
          what: `${name}: ${what.filter((part) => part !== undefined).join(' ')}`,
          life,
        });
      },
      onDeadLetter: (queue) => tell({ party: 'dead letter', what: queue ?? 'no queue' }),
    },
  });
  const { cloud, time } = simulation;
  onWorld?.(cloud);
  for (const fault of plan.planted) cloud.faults.add(fault);

  const deployment = stack.functions.find(({ stem }) => stem === 'sweep')?.environment['DEPLOYMENT'] ?? '';
  const [firstLife] = plan.lives;
  const bystanders =
    plan.hasBystanders && firstLife !== undefined
      ? placeBystanders(cloud, deployment, `${firstLife.label}_${firstLife.architecture}-1`)
      : undefined;
  const bystanderIds = new Set([...instances].map(({ id }) => id));

  const caller = new Caller(cloud, tell);
  const terminatedByOperator = new Set<string>();
  const own = (life: string): readonly FakeInstance[] =>
    [...instances].filter(
      ({ id, tags }) => !bystanderIds.has(id) && tags[lifeTag]?.startsWith(`${life}-`) === true,
    );

  let pendingActions = 0;
  const at = (offset: number, act: () => Promise<void> | void): void => {
    pendingActions += 1;
    setTimeout(async () => {
      try {
        await act();
      } finally {
        pendingActions -= 1;
      }
    }, offset * 1_000);
  };

  for (const life of plan.lives) {
    const { label, architecture, job } = life;
    const family = `${label}_${architecture}`;
    at(life.at, () => caller.create(label, architecture));
    if (life.againAt !== undefined) at(life.at + life.againAt, () => caller.create(label, architecture));
    if (life.destroyAt !== undefined) at(life.at + life.destroyAt, () => caller.destroy(label));
    if (job !== undefined)
      at(life.at + job.at, () => {
        tell({
          party: 'workflow',
          what: `queues a ${job.isHostile ? 'hostile ' : ''}job of ${job.durationSeconds} s`,
          life: `${family}-1`,
        });
        if (job.isHostile) strikeNow('hostile-job', family);
        cloud.github.queueJob({
          runId: 1001,
          labels: [label, `arch_${architecture}`],
          durationSeconds: job.durationSeconds,
          isHostile: job.isHostile,
        });
      });
    const { stopAt, interruptionAt, terminationAt } = life;
    if (stopAt !== undefined)
      at(life.at + stopAt.at, () => {
        for (const execution of cloud.executions.all)
          if (
            execution.status === 'RUNNING' &&
            execution.name.startsWith(`${family}-`) &&
            execution.stateMachine.name.toLowerCase().includes(stopAt.stateMachine)
          ) {
            tell({ party: 'operator', what: `stops ${execution.name}`, life: `${family}-1` });
            strikeNow(`${stopAt.stateMachine}-stopped`, execution.name);
            cloud.executions.stop(execution.arn);
          }
      });
    if (interruptionAt !== undefined)
      at(life.at + interruptionAt, () => {
        for (const instance of own(family))
          if (instance.market === 'spot' && instance.endedAt === undefined) {
            strikeNow('spot-interruption', instance.id);
            cloud.fleet.end(instance, 'Server.SpotInstanceTermination');
          }
      });
    if (terminationAt !== undefined)
      at(life.at + terminationAt, () => {
        for (const instance of own(family))
          if (instance.endedAt === undefined) {
            strikeNow('operator-terminates', instance.id);
            terminatedByOperator.add(instance.id);
            cloud.fleet.end(instance, 'Client.UserInitiatedShutdown');
          }
      });
  }

  const now = (): number => (Date.now() - startedAt) / 1_000;
  const lastPlanned = Math.max(0, ...faults.map(endOfFault), ...plan.lives.map((life) => life.at));
  const lastStrike = (): number =>
    strikes.length === 0 ? 0 : ((strikes.at(-1)?.at ?? startedAt) - startedAt) / 1_000;
  const truth = () => leftoversOf(cloud, deployment);
  const isAtRest = (): boolean =>
    truth().length === 0 &&
    [...instances].every(({ id, state }) => bystanderIds.has(id) || state === 'terminated');
  const deadlineOf = (life: string): number => {
    const execution = cloud.executions.all.find(({ name }) => name === life);
    if (execution === undefined) return 0;
    const { deadline } = JSON.parse(execution.input) as { deadline: string };
    return (Date.parse(deadline) - startedAt) / 1_000;
  };
  const lastInstanceEnd = (life: string): number =>
    Math.max(
      0,
      ...[...instances]
        .filter(({ tags }) => tags[lifeTag] === life)
        .map(({ endedAt }) => (endedAt === undefined ? never : (endedAt.getTime() - startedAt) / 1_000)),
    );
  /** A hostile job is a fault for as long as it holds its machine. */
  const isSeized = (life: string): boolean =>
    cloud.github.jobs.some(
      ({ isHostile, runnerName }) => isHostile && runnerName?.startsWith(`${life}-`) === true,
    );
  const dueAt = (life: string): number =>
    Math.max(deadlineOf(life), lastStrike(), lastPlanned, isSeized(life) ? lastInstanceEnd(life) : 0) +
    leftoverGraceSeconds;

  const leftovers: Evidence['leftovers'][number][] = [];
  const isOverdue = (): boolean => {
    const due = truth().filter(({ life }) => now() >= dueAt(life));
    leftovers.push(...due);
    return due.length > 0;
  };
  /** Long after every deadline and every fault a world that is not at rest will never be. */
  const limit = lastPlanned + 6 * 3_600;

  try {
    let restedSince: number | undefined;
    while (now() < limit) {
      await time.advance(30);
      const isQuiet = pendingActions === 0 && now() >= lastPlanned && isAtRest();
      restedSince = isQuiet ? (restedSince ?? now()) : undefined;
      if (restedSince !== undefined && now() - restedSince >= restSeconds) break;
      if (pendingActions === 0 && isOverdue()) {
        await time
          .advanceUntil(
            () => [...instances].every(({ id, endedAt }) => bystanderIds.has(id) || endedAt !== undefined),
            3_600,
          )
          .catch(() => undefined);
        break;
      }
    }
    const endedAt = Date.now();
    const shown = await caller.statuses(
      plan.lives.map(({ label }) => label),
      time,
    );
    return {
      instances: [...instances].filter(({ id }) => !bystanderIds.has(id)),
      jobs: cloud.github.jobs,
      executions: cloud.executions.all,
      onlineRunners,
      leftovers,
      shown,
      strikes,
      ...(ec2OutageEndedAt === undefined ? {} : { ec2OutageEndedAt }),
      terminatedByOperator,
      missingBystanders: bystanders?.missing() ?? [],
      endedAt,
    };
  } finally {
    await simulation.end();
    restoreGlobals();
  }
};
