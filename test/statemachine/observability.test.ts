import { beforeAll, describe, expect, test } from '@jest/globals';
import { metrics } from '../../functions/domain/metrics.ts';
import { logQueries } from '../../infra/log-queries.ts';
import { defaultTemplate } from '../infra/template.ts';
import { alarmMetrics, dashboardMetrics, type WatchedMetric } from '../infra/watched-metrics.ts';
import { fieldsOf, type LogEntry, loggedLines, metricsIn, type WrittenMetric } from './logged-lines.ts';
import { createWorld, type World } from './world.ts';

const stackName = 'Stint';
const create = (label: string, architecture = 'x86_64') => ({ operation: 'create', label, architecture });
const shortage = { service: 'ec2', operation: 'RunInstances', error: 'InsufficientInstanceCapacity' };

/** On spot, on demand, and once without anything. */
const runnersOfEachMarket = async (world: World): Promise<void> => {
  await world.post(create('rr_runner_spot'));
  await world.untilStatus('rr_runner_spot', 'ready', 120);
  world.fault({ ...shortage, where: { market: 'spot' }, times: 99 });
  await world.post(create('rr_runner_demand'));
  await world.untilStatus('rr_runner_demand', 'ready', 180);
  world.fault({ service: 'ec2', operation: 'RunInstances', error: 'VcpuLimitExceeded', times: 99 });
  await world.post(create('rr_runner_quota'));
  await world.untilStatus('rr_runner_quota', 'failed', 120);
};

/** A destroy that an operator stops is left to the sweep. */
const somethingForTheSweep = async (world: World): Promise<void> => {
  await world.post({ operation: 'destroy', label: 'rr_runner_spot' });
  await world.advance(20);
  world.stop('rr_runner_spot_x86_64-1-asked-1');
  await world.advance(400);
};

const refusals = async (world: World): Promise<void> => {
  await world.post({ ...create('rr_runner_x'), user_data: '' });
  world.cloud.parameters.put(world.cloud.stack.parameters[0]?.name ?? '', 'closed');
  await world.advance(15);
  await world.post(create('rr_runner_closed'));
};

const logOf = async (): Promise<readonly LogEntry[]> => {
  const { entries, onLog } = loggedLines(stackName);
  const world = await createWorld({ onLog });
  await runnersOfEachMarket(world);
  await somethingForTheSweep(world);
  await refusals(world);
  await world.end();
  return entries;
};

let log: readonly LogEntry[];
let written: readonly WrittenMetric[];
beforeAll(async () => {
  log = await logOf();
  written = log.flatMap(metricsIn);
}, 60_000);

const template = defaultTemplate();
const watched = [...alarmMetrics(template), ...dashboardMetrics(template)].filter(
  ({ namespace }) => !namespace.startsWith('AWS/'),
);

const isWritten = ({ namespace, name, dimensions }: WatchedMetric): boolean =>
  written.some(
    (metric) =>
      metric.namespace === namespace &&
      metric.name === name &&
      Object.keys(metric.dimensions).join() === Object.keys(dimensions).join() &&
      Object.entries(dimensions).every(
        ([key, value]) => value === undefined || metric.dimensions[key] === value,
      ),
  );

describe('what alarms and dashboard watch', () => {
  test.each(watched.map((metric) => [`${metric.by}: ${metric.name}`, metric] as const))(
    '%s is written by whole lives, with that namespace and these dimensions',
    (_, metric) => {
      expect(isWritten(metric)).toBe(true);
    },
  );

  test('is every metric of the table, which has no other', () => {
    const names = Object.keys(metrics).toSorted();
    expect([...new Set(watched.map(({ name }) => name))].toSorted()).toEqual(names);
    expect([...new Set(written.map(({ name }) => name))].toSorted()).toEqual(names);
  });
});

describe('the values', () => {
  const valuesOf = (name: string) =>
    written
      .filter((metric) => metric.name === name)
      .map(({ dimensions, value }) => ({ ...dimensions, value }));

  test('are numbers', () => {
    expect(written.filter(({ value }) => typeof value !== 'number')).toEqual([]);
  });

  test('tell what happened', () => {
    expect(valuesOf('SecondsToReady')).toMatchObject([{ Market: 'spot' }, { Market: 'on-demand' }]);
    expect(valuesOf('ProvisionsUnsuccessful')).toEqual([{ Reason: 'QuotaExceeded', value: 1 }]);
    expect(valuesOf('RequestsRefused')).toEqual([
      { Rule: 'invalid-request', value: 1 },
      { Rule: 'switch', value: 1 },
    ]);
    expect(valuesOf('OrphansFound')).toContainEqual({ value: 1 });
    expect(valuesOf('RunnersLive')).toContainEqual({ value: 2 });
  });
});

/** Names in a query that are not fields: its commands, its functions, and what it calls things itself. */
const words = /^(fields|filter|sort|stats|display|limit|by|as|asc|desc|and|or|not|in|like)$/;

const fieldsIn = (query: string): readonly string[] => {
  const code = query.replaceAll(/'[^']*'/g, ' ');
  const own = Array.from(code.matchAll(/\bas (\w+)/g), ([, name]) => name);
  return Array.from(code.matchAll(/[@A-Za-z_][\w.@]*(?!\w*\()/g), ([name]) => name)
    .filter((name) => !words.test(name) && !own.includes(name) && !new RegExp(`\\b${name}\\(`).test(code))
    .filter((name) => name !== '@timestamp' && name !== '@log');
};

describe.each(logQueries.map((query) => [query.name, query] as const))('the query "%s"', (_, query) => {
  const seen = () =>
    log.filter(({ stem }) => query.functions === undefined || query.functions.includes(stem));

  test('asks for fields that lines of those functions have', () => {
    const known = new Set(seen().flatMap(({ line }) => fieldsOf(line)));
    const asked = fieldsIn(query.lines.join('\n'));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((field) => !known.has(field))).toEqual([]);
  });

  test('filters by decisions that are made', () => {
    const [, decision] = /decision = '(\w+)'/.exec(query.lines.join('\n')) ?? [];
    const made = seen().map(
      ({ line }) => (line['message'] as Record<string, unknown> | undefined)?.['decision'],
    );
    if (decision !== undefined) expect(made).toContain(decision);
  });
});

describe('a line that is about a life', () => {
  test('names it', () => {
    const life = /rr_runner_\w+_(x86_64|arm64)-\d+/;
    const nameless = log.filter(({ line }) => {
      const { life: own = line['life'] } = (line['message'] ?? {}) as Readonly<Record<string, unknown>>;
      return life.test(JSON.stringify(line)) && own === undefined;
    });
    expect(nameless).toEqual([]);
  });

  test('is there for each step, so that a life can be followed from its beginning to its end', () => {
    const told = log.filter(({ line }) => JSON.stringify(line).includes('"rr_runner_spot_x86_64-1"'));
    expect([...new Set(told.map(({ stem }) => stem))]).toEqual(
      expect.arrayContaining([
        'request-runners',
        'schedule-destroy',
        'take-turn',
        'resolve-image',
        'fetch-jit-config',
        'rank-capacity-pools',
        'request-spot-instance',
        'check-runner',
        'check-need',
        'withdraw-labels',
        'sweep',
      ]),
    );
  });
});
