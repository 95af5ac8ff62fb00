import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Dashboard as CloudWatchDashboard,
  Color,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  Row,
  SingleValueWidget,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { type MetricName, metrics } from '../../functions/domain/metrics.ts';
import type { Market } from '../../functions/domain/ports.ts';
import type { Functions } from './functions.ts';
import { stintMetric } from './stint-metric.ts';

export interface DashboardProps {
  readonly metricNamespace: string;
  readonly liveRunnerCap: number;
  readonly functions: Functions;
  readonly provisionRunner: StateMachine;
  readonly destroyRunner: StateMachine;
  readonly api: HttpApi;
  readonly deadLetters: Readonly<Record<string, Queue>>;
}

const hour = Duration.hours(1);
const fiveMinutes = Duration.minutes(5);
const markets: readonly Market[] = ['spot', 'on-demand'];

const graph = (title: string, left: readonly IMetric[], more: { readonly unit: string }): GraphWidget =>
  new GraphWidget({
    title,
    left: [...left],
    leftYAxis: { min: 0, label: more.unit, showUnits: false },
    width: 8,
  });

/** One line for each value that the metric's dimension has had, whichever these are. */
const byDimension = (namespace: string, name: MetricName): IMetric => {
  const [dimension] = metrics[name].dimensions;
  return new MathExpression({
    expression: `SEARCH('{"${namespace}","${dimension}"} MetricName="${name}"', 'Sum', ${hour.toSeconds()})`,
    label: '',
    usingMetrics: {},
    period: hour,
  });
};

const secondsToReady = ({ metricNamespace }: DashboardProps): IWidget =>
  graph(
    'From request to ready',
    markets.flatMap((Market) =>
      [Stats.p(50), Stats.p(95)].map((statistic) =>
        stintMetric(
          metricNamespace,
          'SecondsToReady',
          { Market },
          { statistic, period: hour, label: `${Market} ${statistic}` },
        ),
      ),
    ),
    { unit: 'seconds' },
  );

const spotShare = ({ metricNamespace }: DashboardProps): IWidget => {
  const count = (Market: Market): IMetric =>
    stintMetric(
      metricNamespace,
      'SecondsToReady',
      { Market },
      { statistic: Stats.SAMPLE_COUNT, period: hour },
    );
  const share = new MathExpression({
    expression: '100 * FILL(spot, 0) / (FILL(spot, 0) + FILL(onDemand, 0))',
    usingMetrics: { spot: count('spot'), onDemand: count('on-demand') },
    label: '% on spot',
    period: hour,
  });
  return new SingleValueWidget({
    title: 'Runners that got ready on spot',
    metrics: [share],
    setPeriodToTimeRange: true,
    sparkline: false,
    width: 8,
  });
};

const liveRunners = ({ metricNamespace, liveRunnerCap }: DashboardProps): IWidget =>
  new GraphWidget({
    title: 'Live runners, and the cap',
    left: [
      stintMetric(
        metricNamespace,
        'RunnersLive',
        {},
        { statistic: 'Maximum', period: fiveMinutes, label: 'live' },
      ),
    ],
    leftYAxis: { min: 0, showUnits: false },
    leftAnnotations: [{ value: liveRunnerCap, label: 'cap', color: Color.RED }],
    width: 8,
  });

const provisions = ({ provisionRunner }: DashboardProps): IWidget =>
  graph(
    'Provisions',
    [
      provisionRunner.metricStarted({ period: hour, label: 'started' }),
      provisionRunner.metricSucceeded({ period: hour, label: 'succeeded' }),
      provisionRunner.metricFailed({ period: hour, label: 'failed' }),
      provisionRunner.metricTimedOut({ period: hour, label: 'timed out' }),
      provisionRunner.metricAborted({ period: hour, label: 'stopped' }),
    ],
    { unit: 'executions an hour' },
  );

const requests = ({ api }: DashboardProps): IWidget =>
  graph(
    'Requests',
    [
      api.metricCount({ period: fiveMinutes, statistic: 'Sum', label: 'all' }),
      api.metricClientError({ period: fiveMinutes, statistic: 'Sum', label: '4xx' }),
      api.metricServerError({ period: fiveMinutes, statistic: 'Sum', label: '5xx' }),
    ],
    { unit: 'in five minutes' },
  );

const sweepFound = ({ metricNamespace }: DashboardProps): IWidget =>
  graph(
    'What the sweep found',
    [
      stintMetric(
        metricNamespace,
        'OrphansFound',
        {},
        { statistic: 'Sum', period: hour, label: 'lives that it ended' },
      ),
    ],
    { unit: 'an hour' },
  );

const silentSources = ({ metricNamespace }: DashboardProps): IWidget =>
  graph(
    'Sources that did not answer the sweep',
    [
      stintMetric(
        metricNamespace,
        'SourcesSilent',
        {},
        { statistic: 'Maximum', period: fiveMinutes, label: 'at most' },
      ),
    ],
    { unit: 'of five' },
  );

const failing = ({ functions }: DashboardProps): IWidget =>
  graph(
    'Failed calls of functions',
    functions.all.map(([label, { fn }]) => fn.metricErrors({ period: fiveMinutes, label })),
    { unit: 'in five minutes' },
  );

const destroys = ({ destroyRunner }: DashboardProps): IWidget =>
  graph(
    'Destroys that did not succeed',
    [
      destroyRunner.metricFailed({ period: hour, label: 'failed' }),
      destroyRunner.metricTimedOut({ period: hour, label: 'timed out' }),
      destroyRunner.metricAborted({ period: hour, label: 'stopped' }),
    ],
    { unit: 'executions an hour' },
  );

const deadLetters = (props: DashboardProps): IWidget =>
  graph(
    'Dead letters',
    Object.entries(props.deadLetters).map(([label, queue]) =>
      queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: fiveMinutes, label }),
    ),
    { unit: 'messages' },
  );

const throttled = ({ functions }: DashboardProps): IWidget =>
  graph(
    'Throttled functions',
    functions.all.map(([label, { fn }]) => fn.metricThrottles({ period: fiveMinutes, label })),
    { unit: 'in five minutes' },
  );

/** What an operator looks at: do runners get ready, does anything stay, and who is refused. */
export const dashboard = (scope: Construct, id: string, props: DashboardProps): CloudWatchDashboard => {
  const { metricNamespace } = props;
  const failures = byDimension(metricNamespace, 'ProvisionsUnsuccessful');
  const refusals = byDimension(metricNamespace, 'RequestsRefused');
  return new CloudWatchDashboard(scope, id, {
    dashboardName: metricNamespace,
    defaultInterval: Duration.days(1),
    widgets: [
      [new Row(secondsToReady(props), spotShare(props), liveRunners(props))],
      [
        new Row(
          provisions(props),
          graph('Failures by reason', [failures], { unit: 'an hour' }),
          requests(props),
        ),
      ],
      [
        new Row(
          graph('Refusals by rule', [refusals], { unit: 'an hour' }),
          sweepFound(props),
          destroys(props),
        ),
      ],
      [new Row(deadLetters(props), throttled(props), failing(props))],
      [new Row(silentSources(props))],
    ],
  });
};
