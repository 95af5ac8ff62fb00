import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { MetricName } from '../../functions/domain/metrics.ts';
import { failedEventsIn } from './failed-events.ts';
import type { StintFunction } from './stint-function.ts';

export interface RunnerHoursBudgetProps {
  readonly metricNamespace: string;
  readonly hoursPerDay: number;
  readonly switchAdmission: StintFunction;
  /** Takes the changes of state that the function could not act on. */
  readonly deadLetters: Queue;
}

/** What each sweep adds up. */
const metricName: MetricName = 'RunnerHours';

/**
 * Closes admission when the runners of a day have cost as many hours as they may, and opens it again. The day is the
 * last 24 hours: without another window an alarm's slides
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html).
 */
export class RunnerHoursBudget extends Construct {
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: RunnerHoursBudgetProps) {
    super(scope, id);
    const { metricNamespace: namespace, hoursPerDay, switchAdmission, deadLetters } = props;
    const { live } = switchAdmission;
    this.alarm = new Alarm(this, 'Alarm', {
      alarmDescription: `The budget of ${hoursPerDay} runner-hours a day is used up. Admission is closed meanwhile. What to do: docs/operating.md#the-budget-is-used-up`,
      metric: new Metric({ namespace, metricName, statistic: Stats.SUM, period: Duration.days(1) }),
      threshold: hoursPerDay,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.IGNORE,
    });
    const action = new LambdaAction(live);
    this.alarm.addAlarmAction(action);
    this.alarm.addOkAction(action);
    live.configureAsyncInvoke({
      maxEventAge: Duration.hours(2),
      retryAttempts: 2,
      onFailure: failedEventsIn(deadLetters),
    });
  }
}
