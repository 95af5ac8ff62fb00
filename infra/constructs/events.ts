import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Rule, type RuleProps, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { sweepIntervalMinutes } from '../../functions/domain/timing.ts';
import { redeliverIntervalMinutes } from '../../functions/domain/webhook/redeliver.ts';
import { functionName } from '../../statemachine/definitions.ts';
import { deadLetterQueue } from './dead-letters.ts';
import { failedEventsIn } from './failed-events.ts';
import type { Functions } from './functions.ts';
import type { Names } from './names.ts';

/** A provision that did not succeed, an operator's Stop included. */
const provisionUnsuccessful = (names: Names): EventPattern => ({
  source: ['aws.states'],
  detailType: ['Step Functions Execution Status Change'],
  detail: {
    stateMachineArn: [names.stateMachineArn('provision-runner')],
    status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
  },
});

/**
 * The clean-up waits for the end, for at `shutting-down` GitHub can still show the runner as busy and refuse to delete it;
 * what is told of the life does not.
 */
const instanceEnding: EventPattern = {
  source: ['aws.ec2'],
  detailType: ['EC2 Instance State-change Notification'],
  detail: { state: ['shutting-down', 'terminated'] },
};

/** An event that is older has been overtaken by the sweep many times over. */
const maximumAge = Duration.hours(2);

export interface EventsProps {
  readonly names: Names;
  readonly functions: Functions;
}

/** What happens without being asked for: the two rules, the sweep every five minutes, the queue look every minute. */
export class Events extends Construct {
  readonly deadLetters: Queue;
  readonly #functions: Functions;

  constructor(scope: Construct, id: string, { names, functions }: EventsProps) {
    super(scope, id);
    this.#functions = functions;
    this.deadLetters = deadLetterQueue(this, 'DeadLetters');
    this.#invoke('on-provision-unsuccessful', { eventPattern: provisionUnsuccessful(names) });
    this.#invoke('on-instance-terminated', { eventPattern: instanceEnding });
    this.#invoke('sweep', { schedule: Schedule.rate(Duration.minutes(sweepIntervalMinutes)) });
    if (functions.has('look-at-queue')) this.#often('look-at-queue', Duration.minutes(1));
    if (functions.has('redeliver-webhook'))
      this.#often('redeliver-webhook', Duration.minutes(redeliverIntervalMinutes));
  }

  /** EventBridge's own failures and the function's both end in the queue, after retries. */
  #invoke(stem: string, when: Pick<RuleProps, 'eventPattern' | 'schedule'>): void {
    const { live } = this.#functions.of(stem);
    const target = new LambdaTarget(live, {
      deadLetterQueue: this.deadLetters,
      maxEventAge: maximumAge,
      retryAttempts: 185,
    });
    new Rule(this, functionName(stem), { ...when, targets: [target] });
    live.configureAsyncInvoke({
      maxEventAge: maximumAge,
      retryAttempts: 2,
      onFailure: failedEventsIn(this.deadLetters),
    });
  }

  /** Nothing is tried again, or kept: the next time does the same. */
  #often(stem: string, every: Duration): void {
    const { live } = this.#functions.of(stem);
    const once = { maxEventAge: Duration.minutes(1), retryAttempts: 0 };
    const target = new LambdaTarget(live, once);
    new Rule(this, functionName(stem), { schedule: Schedule.rate(every), targets: [target] });
    live.configureAsyncInvoke(once);
  }
}
