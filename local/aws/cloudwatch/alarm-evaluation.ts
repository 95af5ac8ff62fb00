import type { StackAlarm } from '../../template/stack-alarms.ts';

export interface Datum {
  /** Unix milliseconds. */
  readonly at: number;
  readonly value: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
const statistics: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Sum: sum,
  Minimum: (values) => Math.min(...values),
  Maximum: (values) => Math.max(...values),
  Average: (values) => sum(values) / values.length,
  SampleCount: (values) => values.length,
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const comparisons: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

const found = <T>(known: Readonly<Record<string, T>>, word: string, { name }: StackAlarm): T => {
  const value = known[word];
  if (value === undefined) throw new Error(`No simulation of the alarm ${name}: ${word}`);
  return value;
};

/**
 * Whether an alarm's threshold is passed in as many of its last periods as it says. A period without a value passes
 * nothing (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html).
 */
export const isAlarming = (alarm: StackAlarm, data: readonly Datum[], nowMs: number): boolean => {
  const statistic = found(statistics, alarm.statistic, alarm);
  const isPassed = found(comparisons, alarm.comparison, alarm);
  const periodMs = alarm.periodSeconds * 1_000;
  const passed = Array.from({ length: alarm.periods }, (_, index) => nowMs - index * periodMs).filter(
    (end) => {
      const values = data.filter(({ at }) => at > end - periodMs && at <= end).map(({ value }) => value);
      return values.length > 0 && isPassed(statistic(values), alarm.threshold);
    },
  );
  return passed.length >= alarm.periodsToAlarm;
};
