import type { SynthesizedTemplate } from './template.ts';

/** A metric that an alarm or a dashboard watches. */
export interface WatchedMetric {
  readonly by: string;
  readonly namespace: string;
  readonly name: string;
  /** The dimensions with their values; a value is absent where the watcher takes any. */
  readonly dimensions: Readonly<Record<string, string | undefined>>;
}

interface AlarmMetric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
}

interface AlarmProperties extends Partial<AlarmMetric> {
  readonly Metrics?: readonly { readonly MetricStat?: { readonly Metric: AlarmMetric } }[];
}

const ofAlarm = (by: string, { Namespace, MetricName, Dimensions = [] }: AlarmMetric): WatchedMetric => ({
  by,
  namespace: Namespace,
  name: MetricName,
  dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
});

const isWhole = (properties: AlarmProperties): properties is AlarmProperties & AlarmMetric =>
  properties.MetricName !== undefined;

/** What the stack's alarms watch. */
export const alarmMetrics = ({ resources }: SynthesizedTemplate): readonly WatchedMetric[] =>
  resources('AWS::CloudWatch::Alarm').flatMap(({ logicalId, properties }) => {
    const alarm = properties as unknown as AlarmProperties;
    if (isWhole(alarm)) return [ofAlarm(logicalId, alarm)];
    return (alarm.Metrics ?? []).flatMap(({ MetricStat }) =>
      MetricStat === undefined ? [] : [ofAlarm(logicalId, MetricStat.Metric)],
    );
  });

type Row = readonly (string | { readonly expression?: string })[];

interface Widget {
  readonly properties: { readonly title?: string; readonly metrics?: readonly Row[] };
}

const searched = (by: string, expression: string): readonly WatchedMetric[] =>
  Array.from(
    expression.matchAll(/SEARCH\('\{"([^"]+)","([^"]+)"\} MetricName="([^"]+)"'/g),
    ([, namespace = '', dimension = '', name = '']) => ({
      by,
      namespace,
      name,
      dimensions: { [dimension]: undefined },
    }),
  );

const ofRow = (by: string, row: Row): readonly WatchedMetric[] => {
  const [namespace = '', name = '', ...rest] = row.filter((item) => typeof item === 'string');
  const expressions = row.flatMap((item) => (typeof item === 'string' ? [] : (item.expression ?? [])));
  if (expressions.length > 0) return expressions.flatMap((expression) => searched(by, expression));
  const pairs = rest.flatMap((item, index) => (index % 2 === 0 ? [[item, rest[index + 1] ?? '']] : []));
  return [{ by, namespace, name, dimensions: Object.fromEntries(pairs) }];
};

/** What the widgets of the stack's dashboard watch, by their titles. */
export const dashboardMetrics = ({ one }: SynthesizedTemplate): readonly WatchedMetric[] => {
  const body = String(one('AWS::CloudWatch::Dashboard').properties['DashboardBody']);
  const { widgets } = JSON.parse(body) as { readonly widgets: readonly Widget[] };
  return widgets.flatMap(({ properties: { title = '', metrics = [] } }) =>
    metrics.flatMap((row) => ofRow(title, row)),
  );
};
