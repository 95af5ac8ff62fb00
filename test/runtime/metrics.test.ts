import { expect, test } from '@jest/globals';
import { environmentOf } from '../../functions/runtime/environment.ts';
import { measureOf } from '../../functions/runtime/metrics.ts';
import type { Runtime } from '../../functions/runtime/runtime.ts';

const now = new Date('2026-03-01T10:00:00Z');

const prepare = () => {
  const lines: string[] = [];
  const { settings, aws, github } = environmentOf({ METRIC_NAMESPACE: 'Stint' });
  const runtime: Runtime = {
    settings,
    aws,
    github,
    clock: () => now,
    log: () => undefined,
    writeLine: (line) => void lines.push(line),
  };
  return { lines, measure: measureOf(runtime) };
};

test('a value is one line of JSON, in the format from which CloudWatch extracts it', () => {
  const { lines, measure } = prepare();
  measure('SecondsToReady', 42, { Market: 'spot' }, { decision: 'ready', life: 'rr_runner_1f_x86_64-1' });
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      decision: 'ready',
      life: 'rr_runner_1f_x86_64-1',
      Market: 'spot',
      SecondsToReady: 42,
      _aws: {
        Timestamp: now.getTime(),
        CloudWatchMetrics: [
          {
            Namespace: 'Stint',
            Dimensions: [['Market']],
            Metrics: [{ Name: 'SecondsToReady', Unit: 'Seconds' }],
          },
        ],
      },
    },
  ]);
  expect(lines[0]).not.toContain('\n');
});

test('a metric without dimensions has one empty set of them', () => {
  const { lines, measure } = prepare();
  measure('OrphansFound', 0, {});
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    OrphansFound: 0,
    _aws: { CloudWatchMetrics: [{ Dimensions: [[]] }] },
  });
});
