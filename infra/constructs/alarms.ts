import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { alarmTopic } from './alarm-topic.ts';

export interface AlarmsProps {
  readonly deadLetters: readonly Queue[];
  readonly destroyRunner: StateMachine;
  readonly sweep: LambdaFunction;
  /** Absent: the alarms show in the console, and nobody is told. */
  readonly email?: string;
}

const letters = (queues: readonly Queue[], period: Duration): IMetric =>
  new MathExpression({
    expression: queues.map((_, index) => `q${index}`).join(' + '),
    usingMetrics: Object.fromEntries(
      queues.map((queue, index) => [
        `q${index}`,
        queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period }),
      ]),
    ),
    period,
  });

const unsuccessful = (stateMachine: StateMachine, period: Duration): IMetric =>
  new MathExpression({
    expression: 'failed + timedOut',
    usingMetrics: {
      failed: stateMachine.metricFailed({ period }),
      timedOut: stateMachine.metricTimedOut({ period }),
    },
    period,
  });

const successful = (fn: LambdaFunction, period: Duration): IMetric =>
  new MathExpression({
    expression: 'invocations - errors',
    usingMetrics: { invocations: fn.metricInvocations({ period }), errors: fn.metricErrors({ period }) },
    period,
  });

/** What must wake somebody: each says that a layer of the promise "nothing is left running" did not hold. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { deadLetters, destroyRunner, sweep, email }: AlarmsProps) {
    super(scope, id);
    const alarms = [
      this.#alarm('DeadLetters', {
        alarmDescription: 'An event or a deadline could not be delivered. The sweep does its work meanwhile.',
        metric: letters(deadLetters, Duration.minutes(5)),
      }),
      this.#alarm('DestroyFailed', {
        alarmDescription: 'A destroy failed after all its tries. The sweep starts another one.',
        metric: unsuccessful(destroyRunner, Duration.minutes(5)),
      }),
      this.#alarm('SweepSilent', {
        alarmDescription: 'No sweep has succeeded for 15 minutes: the last layer does not hold.',
        metric: successful(sweep, Duration.minutes(15)),
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.BREACHING,
      }),
    ];
    if (email === undefined) return;
    const action = new SnsAction(alarmTopic(this, 'Topic', email));
    for (const alarm of alarms) alarm.addAlarmAction(action);
  }

  /** Goes off at the first of them, unless `props` say otherwise. */
  #alarm(id: string, props: Pick<AlarmProps, 'metric'> & Partial<AlarmProps>): Alarm {
    return new Alarm(this, id, {
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
    });
  }
}
