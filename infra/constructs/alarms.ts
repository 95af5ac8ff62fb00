import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { alarmTopic } from './alarm-topic.ts';
import { stintMetric } from './stint-metric.ts';

export interface AlarmsProps {
  readonly metricNamespace: string;
  readonly deadLetters: readonly Queue[];
  readonly provisionRunner: StateMachine;
  readonly destroyRunner: StateMachine;
  readonly sweep: LambdaFunction;
  readonly api: HttpApi;
  /** The functions that no execution calls: what a step throws is part of its state machine. */
  readonly handlers: readonly LambdaFunction[];
  /** Alarms of other parts, about which somebody should be told too. */
  readonly others: readonly Alarm[];
  /** Absent: the alarms show in the console, and nobody is told. */
  readonly email?: string;
}

/** Where an operator reads what an alarm means and what to do; a test holds that the heading exists. */
export const operatingPage = (heading: string): string => `docs/operating.md#${heading}`;

/**
 * The sum of series of which some have no values: a queue that nobody uses is silent, and without `FILL` whatever is
 * added to nothing is nothing (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html).
 */
const sumOf = (metrics: Readonly<Record<string, IMetric>>): string =>
  Object.keys(metrics)
    .map((id) => `FILL(${id}, 0)`)
    .join(' + ');

const messagesIn = (queues: readonly Queue[], period: Duration): IMetric => {
  const usingMetrics = Object.fromEntries(
    queues.map((queue, index) => [
      `q${index}`,
      queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period }),
    ]),
  );
  return new MathExpression({ expression: sumOf(usingMetrics), usingMetrics, period });
};

const unsuccessful = (stateMachine: StateMachine, period: Duration): Readonly<Record<string, Metric>> => ({
  failed: stateMachine.metricFailed({ period }),
  timedOut: stateMachine.metricTimedOut({ period }),
});

const unsuccessfulCount = (stateMachine: StateMachine, period: Duration): IMetric => {
  const usingMetrics = unsuccessful(stateMachine, period);
  return new MathExpression({ expression: sumOf(usingMetrics), usingMetrics: { ...usingMetrics }, period });
};

/** One failure of one provision is a flaky night; these many of an hour's are something to look at. */
const leastFailures = 3;
const failurePercent = 30;

/** A person's Stop is no failure, so what was aborted does not count. */
const unsuccessfulPercent = (stateMachine: StateMachine, period: Duration): IMetric => {
  const usingMetrics = unsuccessful(stateMachine, period);
  const bad = sumOf(usingMetrics);
  return new MathExpression({
    expression: `IF(${bad} >= ${leastFailures}, 100 * (${bad}) / (${bad} + FILL(succeeded, 0)), 0)`,
    usingMetrics: { ...usingMetrics, succeeded: stateMachine.metricSucceeded({ period }) },
    period,
  });
};

const successful = (fn: LambdaFunction, period: Duration): IMetric =>
  new MathExpression({
    expression: 'invocations - errors',
    usingMetrics: { invocations: fn.metricInvocations({ period }), errors: fn.metricErrors({ period }) },
    period,
  });

/** An alarm takes so many metrics (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html). */
const mostMetrics = 10;

const chunksOf = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / mostMetrics) }, (_, index) =>
    items.slice(index * mostMetrics, (index + 1) * mostMetrics),
  );

const errors = (functions: readonly LambdaFunction[], period: Duration): IMetric => {
  const usingMetrics = Object.fromEntries(
    functions.map((fn, index) => [`f${index}`, fn.metricErrors({ period })]),
  );
  return new MathExpression({ expression: sumOf(usingMetrics), usingMetrics, period });
};

/**
 * Of every function in the account and region, for they share its concurrency: a step that is throttled because of
 * another function is as late as one that is throttled because of its own (docs/adr/0015).
 */
const throttles = (period: Duration): IMetric =>
  new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', statistic: 'Sum', period });

/** What must wake somebody: a layer of "nothing is left running" did not hold, or runners do not get ready. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const alarms = [
      ...props.others,
      ...this.#aboutEnds(props),
      ...this.#aboutBeginnings(props),
      ...this.#aboutAnswers(props),
    ];
    if (props.email === undefined) return;
    const action = new SnsAction(alarmTopic(this, 'Topic', props.email));
    for (const alarm of alarms) alarm.addAlarmAction(action);
  }

  #aboutEnds({ metricNamespace, deadLetters, destroyRunner, sweep }: AlarmsProps): readonly Alarm[] {
    const quarter = { statistic: 'Sum', period: Duration.minutes(15) };
    return [
      this.#alarm('DeadLetters', 'dead-letters', {
        alarmDescription: 'An event or a deadline could not be delivered. The sweep does its work meanwhile.',
        metric: messagesIn(deadLetters, Duration.minutes(5)),
      }),
      this.#alarm('DestroyFailed', 'a-destroy-failed', {
        alarmDescription: 'A destroy failed after all its tries. The sweep starts another one.',
        metric: unsuccessfulCount(destroyRunner, Duration.minutes(5)),
      }),
      this.#alarm('SweepFound', 'the-sweep-found-something', {
        alarmDescription: 'The sweep ended a life that another layer should have ended.',
        metric: stintMetric(metricNamespace, 'OrphansFound', {}, quarter),
        // Once is a sweep that came in the seconds before an event did.
        evaluationPeriods: 4,
        datapointsToAlarm: 2,
      }),
      this.#alarm('SweepSilent', 'the-sweep-is-silent', {
        alarmDescription: 'No sweep has succeeded for 15 minutes: the last layer does not hold.',
        metric: successful(sweep, Duration.minutes(15)),
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.BREACHING,
      }),
    ];
  }

  #aboutBeginnings({ provisionRunner }: AlarmsProps): readonly Alarm[] {
    return [
      this.#alarm('ProvisionsFail', 'provisions-fail', {
        alarmDescription: `At least ${leastFailures} provisions of the last hour failed, and ${failurePercent} % of all.`,
        metric: unsuccessfulPercent(provisionRunner, Duration.hours(1)),
        threshold: failurePercent,
      }),
      this.#alarm('FunctionsThrottled', 'functions-are-throttled', {
        alarmDescription: "The account's concurrency for Lambda functions is used up, and steps are late.",
        metric: throttles(Duration.minutes(5)),
      }),
    ];
  }

  #aboutAnswers({ metricNamespace, api, handlers }: AlarmsProps): readonly Alarm[] {
    const quarter = Duration.minutes(15);
    return [
      this.#alarm('ApiFails', 'the-endpoint-fails', {
        alarmDescription:
          'The endpoint answered with 5xx in two quarters of an hour: nobody may be getting runners.',
        metric: api.metricServerError({ statistic: 'Sum', period: quarter }),
        // Once can be a moment in which AWS was busy.
        evaluationPeriods: 4,
        datapointsToAlarm: 2,
      }),
      this.#alarm('SourceSilent', 'a-source-does-not-answer', {
        alarmDescription:
          'A source of what lives has not answered any sweep for 15 minutes; the credential may be dead.',
        metric: stintMetric(metricNamespace, 'SourcesSilent', {}, { statistic: 'Minimum', period: quarter }),
      }),
      ...chunksOf(handlers).map((functions, index) =>
        this.#alarm(index === 0 ? 'FunctionFails' : `FunctionFails${index + 1}`, 'a-function-fails', {
          alarmDescription: 'A function that answers requests or events failed in two quarters of an hour.',
          metric: errors(functions, quarter),
          evaluationPeriods: 4,
          datapointsToAlarm: 2,
        }),
      ),
    ];
  }

  /** Goes off at the first of them, unless `props` say otherwise. */
  #alarm(id: string, heading: string, props: Pick<AlarmProps, 'metric'> & Partial<AlarmProps>): Alarm {
    return new Alarm(this, id, {
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
      alarmDescription: `${props.alarmDescription} What to do: ${operatingPage(heading)}`,
    });
  }
}
