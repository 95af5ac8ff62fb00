import type { CloudEvent } from '../../local/aws/events/event-bus.ts';
import type { LocalCloudOptions } from '../../local/cloud-options.ts';
import type { FaultSchedule } from './fault-schedule.ts';
import type { Circumstances, WorldPlan } from './plan.ts';
import type { Random } from './random.ts';
import { type WorldRecord, worldSeconds } from './world-record.ts';

type Misfortunate = Pick<LocalCloudOptions, 'bootSeconds' | 'fleet' | 'github' | 'layers' | 'misfortunes'>;

/** A machine needs at least so long to bring its runner online. */
const leastBootSeconds = 10;

/** Draws from a sequence of its own, up to so much. */
const drawUpTo = (random: Random, most: number) => (): number => (most === 0 ? 0 : random.next() * most);

const deliveriesIn =
  ({ eventTrouble }: Circumstances, random: Random, record: WorldRecord) =>
  (event: CloudEvent): readonly number[] => {
    if (!random.chance(eventTrouble)) return [0];
    const [kind, deliveries] = random.pick<readonly [string, readonly number[]]>([
      ['event-lost', []],
      ['event-twice', [0, random.between(1, 240)]],
      ['event-late', [random.between(10, 600)]],
    ]);
    record.strikeNow(kind, String(event['detail-type']));
    return deliveries;
  };

/** Scheduler fires within the minute, and now and then twice. */
const firingsIn =
  ({ doubleFiring }: Circumstances, random: Random) =>
  (): readonly number[] => {
    const first = random.between(0, 59);
    return random.chance(doubleFiring) ? [first, first + random.between(1, 90)] : [first];
  };

const isSilent = (
  { faults, without }: WorldPlan,
  record: WorldRecord,
  layer: 'sweep' | 'schedule',
): boolean => {
  if (without.includes(layer)) return true;
  const now = worldSeconds(Date.now());
  const silent = faults.some(
    (fault) =>
      fault.type === 'silence' &&
      fault.layer === layer &&
      now >= fault.from &&
      now < fault.from + fault.seconds,
  );
  if (silent) record.strikeNow(`${layer}-silent`, layer);
  return silent;
};

/** What is wrong with the plan's world: its lags, its clocks, its layers, its events, and its faults. */
export const worldMisfortunes = (
  plan: WorldPlan,
  random: Random,
  record: WorldRecord,
  schedule: FaultSchedule,
): Misfortunate => {
  const { circumstances, without } = plan;
  const boot = drawUpTo(random.fork('boot'), circumstances.bootSeconds);
  return {
    bootSeconds: () => leastBootSeconds + boot(),
    fleet: { lagSeconds: drawUpTo(random.fork('ec2 lag'), circumstances.ec2LagSeconds) },
    github: {
      staleBusySeconds: drawUpTo(random.fork('stale busy'), circumstances.staleBusySeconds),
      listLagSeconds: drawUpTo(random.fork('list lag'), circumstances.listLagSeconds),
      onOnline: ({ name }) => {
        record.onlineRunners.add(name);
        record.tell({ party: 'github', what: `${name} is online`, life: name.replace(/-\d-\w+$/, '') });
      },
    },
    layers: {
      isShutdownOn: () => !without.includes('shutdown'),
      isScheduleOn: () => !isSilent(plan, record, 'schedule'),
      isSweepOn: () => !isSilent(plan, record, 'sweep'),
    },
    misfortunes: {
      intercept: (intercepted) => schedule.call(intercepted, record.presentLife().life),
      deliveries: deliveriesIn(circumstances, random.fork('events'), record),
      firings: firingsIn(circumstances, random.fork('firing')),
      machineAheadSeconds: () => circumstances.machinesAheadSeconds,
    },
  };
};
