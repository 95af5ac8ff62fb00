import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CloudWatch } from '../../../../local/aws/cloudwatch/cloudwatch.ts';
import type { StackAlarm } from '../../../../local/template/stack-alarms.ts';

const alarm: StackAlarm = {
  name: 'Budget',
  arn: 'arn:aws:cloudwatch:us-east-2:000000000000:alarm:Budget',
  namespace: 'Stint',
  metricName: 'RunnerHours',
  dimensions: {},
  statistic: 'Sum',
  periodSeconds: 86_400,
  periods: 1,
  periodsToAlarm: 1,
  threshold: 2,
  comparison: 'GreaterThanOrEqualToThreshold',
  alarmActions: ['arn:on-alarm'],
  okActions: ['arn:on-ok'],
};

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2026-03-01T10:00:00Z') });
});
afterEach(() => {
  jest.useRealTimers();
});

const prepare = (change: Partial<StackAlarm> = {}) => {
  const invoked: string[] = [];
  const watch = new CloudWatch({
    alarms: [{ ...alarm, ...change }],
    region: 'us-east-2',
    act: (_, actionArn, event) => {
      const { alarmData } = event as { alarmData: { state: { value: string } } };
      invoked.push(`${actionArn} ${alarmData.state.value}`);
    },
  });
  const write = (
    value: number,
    name = 'RunnerHours',
    rest: object = {},
    dimensions: readonly string[] = [],
  ) =>
    watch.read({
      ...rest,
      [name]: value,
      _aws: {
        Timestamp: Date.now(),
        CloudWatchMetrics: [
          { Namespace: 'Stint', Dimensions: [dimensions], Metrics: [{ Name: name, Unit: 'None' }] },
        ],
      },
    });
  return { watch, write, invoked };
};

const hours = (count: number): void => {
  jest.advanceTimersByTime(count * 3_600_000);
};

describe('an alarm on the sum of a day', () => {
  test('goes off at its threshold and invokes its action once, and again when the day has moved on', () => {
    const { write, invoked } = prepare();
    for (const value of [1, 0.5, 0.5, 3]) write(value);
    expect(invoked).toEqual(['arn:on-ok OK', 'arn:on-alarm ALARM']);
    hours(23);
    write(0);
    expect(invoked).toHaveLength(2);
    hours(1);
    write(0);
    expect(invoked).toEqual(['arn:on-ok OK', 'arn:on-alarm ALARM', 'arn:on-ok OK']);
  });

  test('on the least value goes off when every value of its window reaches the threshold', () => {
    const { watch, write } = prepare({ statistic: 'Minimum', periodSeconds: 900, threshold: 1 });
    write(0);
    jest.advanceTimersByTime(300_000);
    write(2);
    expect(watch.stateOf('Budget')).toBe('OK');
    jest.advanceTimersByTime(601_000);
    write(1);
    expect(watch.stateOf('Budget')).toBe('ALARM');
  });

  test('has no state before there is a value', () => {
    const { watch } = prepare();
    expect(watch.stateOf('Budget')).toBe('INSUFFICIENT_DATA');
  });

  test('adds up its own metric, of its own dimensions', () => {
    const { write, invoked } = prepare();
    write(9, 'RunnersLive');
    write(9, 'RunnerHours', { Market: 'spot' }, ['Market']);
    expect(invoked).toEqual([]);
  });

  test('of another kind is refused, not taken for this one', () => {
    const { write } = prepare({ statistic: 'p99' });
    expect(() => write(1)).toThrow('No simulation of the alarm Budget');
  });
});

describe('an alarm on several periods', () => {
  const often = { periodSeconds: 3_600, periods: 4, periodsToAlarm: 2, threshold: 1 };

  test('goes off when enough of them pass the threshold, and not for one of them alone', () => {
    const { write, invoked } = prepare(often);
    write(5);
    expect(invoked).toEqual(['arn:on-ok OK']);
    hours(2);
    write(1);
    expect(invoked).toEqual(['arn:on-ok OK', 'arn:on-alarm ALARM']);
    hours(3);
    write(0);
    expect(invoked.at(-1)).toBe('arn:on-ok OK');
  });

  test.each([
    ['Minimum', [3, 1], true],
    ['Minimum', [3, 0], false],
    ['Maximum', [0, 1], true],
    ['Average', [0, 1], false],
    ['SampleCount', [0], true],
  ] as const)('takes the %s of %j', (statistic, values, isAlarming) => {
    const { write, watch } = prepare({ ...often, periodsToAlarm: 1, statistic });
    for (const value of values) write(value);
    expect(watch.stateOf('Budget')).toBe(isAlarming ? 'ALARM' : 'OK');
  });

  test.each([
    ['GreaterThanThreshold', 1, false],
    ['GreaterThanOrEqualToThreshold', 1, true],
    ['LessThanThreshold', 0, true],
    ['LessThanOrEqualToThreshold', 1, true],
  ] as const)('compares as %s with %d', (comparison, value, isAlarming) => {
    const { write, watch } = prepare({ ...often, periodsToAlarm: 1, comparison });
    write(value);
    expect(watch.stateOf('Budget')).toBe(isAlarming ? 'ALARM' : 'OK');
  });
});

test('a line that holds no metrics is none', () => {
  const { watch } = prepare();
  for (const line of ['swept', undefined, null, { decision: 'swept' }])
    expect(() => watch.read(line)).not.toThrow();
});
