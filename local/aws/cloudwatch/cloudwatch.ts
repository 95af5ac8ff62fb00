import type { StackAlarm } from '../../template/stack-alarms.ts';
import { type Datum, isAlarming } from './alarm-evaluation.ts';

/** A line that CloudWatch Logs takes metrics from (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html). */
interface EmbeddedMetrics {
  readonly [field: string]: unknown;
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

const isEmbedded = (line: unknown): line is EmbeddedMetrics =>
  typeof line === 'object' && line !== null && '_aws' in line;

/** Each set of dimension values is one metric. */
const keyOf = (namespace: string, name: string, dimensions: Readonly<Record<string, unknown>>): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).toSorted()]);

type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What CloudWatch tells the function of an action (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html). */
const alarmEvent = (alarm: StackAlarm, previous: AlarmState, value: AlarmState, region: string) => {
  const time = new Date().toISOString();
  return {
    source: 'aws.cloudwatch',
    alarmArn: alarm.arn,
    accountId: alarm.arn.split(':')[4],
    time,
    region,
    alarmData: {
      alarmName: alarm.name,
      state: { value, timestamp: time },
      previousState: { value: previous },
    },
  };
};

export interface CloudWatchOptions {
  readonly alarms: readonly StackAlarm[];
  readonly region: string;
  /** Does an action of an alarm whose state has changed: invokes a function, or tells a topic. */
  readonly act: (alarm: StackAlarm, actionArn: string, event: object) => void;
}

/**
 * Metrics from what functions write, and the alarms on them. An alarm is evaluated whenever its metric gets a value,
 * over a window that slides, which is how an alarm is evaluated that says nothing else; CloudWatch does so every
 * minute.
 */
export class CloudWatch {
  readonly #options: CloudWatchOptions;
  readonly #metrics = new Map<string, Datum[]>();
  readonly #states = new Map<string, AlarmState>();

  constructor(options: CloudWatchOptions) {
    this.#options = options;
  }

  /** Takes a line of a function's log. */
  read(line: unknown): void {
    if (!isEmbedded(line)) return;
    for (const { Namespace, Dimensions, Metrics } of line._aws.CloudWatchMetrics)
      for (const { Name } of Metrics)
        for (const names of Dimensions) {
          const dimensions = Object.fromEntries(names.map((name) => [name, line[name]]));
          this.#add(keyOf(Namespace, Name, dimensions), {
            at: line._aws.Timestamp,
            value: Number(line[Name]),
          });
        }
  }

  stateOf(alarmName: string): AlarmState {
    return this.#states.get(alarmName) ?? 'INSUFFICIENT_DATA';
  }

  /** The values of a metric in the last seconds, oldest first. */
  values(
    key: Pick<StackAlarm, 'namespace' | 'metricName' | 'dimensions'>,
    seconds: number,
  ): readonly number[] {
    const since = Date.now() - seconds * 1_000;
    const known = this.#metrics.get(keyOf(key.namespace, key.metricName, key.dimensions)) ?? [];
    return known.filter(({ at }) => at > since).map(({ value }) => value);
  }

  #add(key: string, datum: Datum): void {
    const known = this.#metrics.get(key) ?? [];
    known.push(datum);
    this.#metrics.set(key, known);
    for (const alarm of this.#options.alarms)
      if (keyOf(alarm.namespace, alarm.metricName, alarm.dimensions) === key) this.#evaluate(alarm);
  }

  #evaluate(alarm: StackAlarm): void {
    const data = this.#metrics.get(keyOf(alarm.namespace, alarm.metricName, alarm.dimensions)) ?? [];
    const next: AlarmState = isAlarming(alarm, data, Date.now()) ? 'ALARM' : 'OK';
    const previous = this.stateOf(alarm.name);
    if (next === previous) return;
    this.#states.set(alarm.name, next);
    const actions = next === 'ALARM' ? alarm.alarmActions : alarm.okActions;
    const event = alarmEvent(alarm, previous, next, this.#options.region);
    for (const actionArn of actions) this.#options.act(alarm, actionArn, event);
  }
}
