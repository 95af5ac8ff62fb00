/** An event as EventBridge delivers it (https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html). */
export interface CloudEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

interface BusTarget {
  readonly arn: string;
  readonly input?: string;
  readonly deadLetterArn?: string;
}

export interface BusRule {
  readonly name: string;
  readonly eventPattern?: Readonly<Record<string, unknown>>;
  readonly everySeconds?: number;
  readonly targets: readonly BusTarget[];
}

export interface EventBusOptions {
  readonly account: string;
  readonly region: string;
  /** Delivers to a target of a rule; answers false when the rule may not, which no retry would change. */
  readonly deliver: (targetArn: string, payload: unknown, ruleName: string) => Promise<boolean>;
  readonly onDeadLetter: (queueArn: string | undefined, payload: unknown, ruleName: string) => void;
  /** Whether scheduled rules fire, for a simulation that takes the sweep away. */
  readonly isScheduleOn?: ((rule: BusRule) => boolean) | undefined;
  /**
   * After how many seconds an event is delivered, once for each: EventBridge delivers at least once, and now and
   * then late (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-delivery-level.html).
   */
  readonly deliveries?: ((event: CloudEvent) => readonly number[]) | undefined;
}

type Matcher = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const matchesOne = (wanted: unknown, value: unknown): boolean => {
  if (!isRecord(wanted)) return wanted === value;
  const { prefix } = wanted as Matcher;
  if (typeof prefix === 'string') return typeof value === 'string' && value.startsWith(prefix);
  throw new Error(`No simulation of the event pattern ${JSON.stringify(wanted)}`);
};

/**
 * Whether an event matches a pattern: every field of the pattern must be in the event, with one of its values
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html).
 */
export const matchesPattern = (pattern: unknown, event: unknown): boolean => {
  if (Array.isArray(pattern)) {
    const values = Array.isArray(event) ? event : [event];
    return pattern.some((wanted) => values.some((value) => matchesOne(wanted, value)));
  }
  if (!isRecord(pattern)) return false;
  return Object.entries(pattern).every(([key, wanted]) =>
    matchesPattern(wanted, isRecord(event) ? event[key] : undefined),
  );
};

/** Rules and their targets: events that match, and rates that come round. */
export class EventBus {
  readonly #options: EventBusOptions;
  readonly #rules: BusRule[] = [];
  readonly #timers: ReturnType<typeof setInterval>[] = [];

  constructor(options: EventBusOptions) {
    this.#options = options;
  }

  addRule(rule: BusRule): void {
    this.#rules.push(rule);
    if (rule.everySeconds === undefined) return;
    this.#timers.push(setInterval(() => this.#fire(rule), rule.everySeconds * 1_000));
  }

  publish(
    source: string,
    detailType: string,
    resources: readonly string[],
    detail: CloudEvent['detail'],
  ): void {
    const event = this.#event(source, detailType, resources, detail);
    for (const rule of this.#rules)
      if (rule.eventPattern !== undefined && matchesPattern(rule.eventPattern, event))
        this.#sendEach(rule, event);
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  #event(
    source: string,
    detailType: string,
    resources: readonly string[],
    detail: CloudEvent['detail'],
  ): CloudEvent {
    const { account, region } = this.#options;
    const time = new Date().toISOString();
    const id = crypto.randomUUID();
    return { version: '0', id, 'detail-type': detailType, source, account, time, region, resources, detail };
  }

  #fire(rule: BusRule): void {
    if (this.#options.isScheduleOn?.(rule) === false) return;
    this.#send(rule, this.#event('aws.events', 'Scheduled Event', [rule.name], {}));
  }

  #sendEach(rule: BusRule, event: CloudEvent): void {
    for (const seconds of this.#options.deliveries?.(event) ?? [0])
      if (seconds === 0) this.#send(rule, event);
      else setTimeout(() => this.#send(rule, event), seconds * 1_000);
  }

  #send(rule: BusRule, event: CloudEvent): void {
    for (const target of rule.targets) {
      const payload = target.input === undefined ? event : JSON.parse(target.input);
      void this.#deliver(rule.name, target, payload);
    }
  }

  /**
   * What is not permitted becomes a dead letter at once
   * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html). The targets here are functions,
   * whose queue takes whatever is permitted.
   */
  async #deliver(ruleName: string, { arn, deadLetterArn }: BusTarget, payload: unknown): Promise<void> {
    const isTaken = await this.#options.deliver(arn, payload, ruleName);
    if (!isTaken) this.#options.onDeadLetter(deadLetterArn, payload, ruleName);
  }
}
