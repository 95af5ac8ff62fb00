import type { CloudCall } from './wire.ts';

/** A failure that somebody injects. */
export interface Fault {
  /** As signatures name it: `ec2`, `states`, …; also `github` and `machine`. */
  readonly service: string;
  /** `*` for any. */
  readonly operation: string;
  /** An error code of the service, an HTTP status, `NotFound` as the service says it, or one of {@link answerless}. */
  readonly error: string;
  /** Facts of the call that must all agree, such as `{ market: 'spot' }`. */
  readonly where?: Readonly<Record<string, string>>;
  /** How many calls fail; 1 when neither this nor `seconds` is given. */
  readonly times?: number;
  /** For how long, in simulated seconds from now, every matching call fails. */
  readonly seconds?: number;
}

/**
 * Errors by which the caller gets no answer: the connection fails before the call has an effect, or after it
 * had its effect.
 */
export const answerless = ['ConnectionLost', 'AnswerLost'] as const;

interface Injected {
  readonly fault: Fault;
  readonly until?: number;
  left: number;
}

const lifetimeOf = ({ seconds, times }: Fault): Pick<Injected, 'until' | 'left'> =>
  seconds === undefined
    ? { left: times ?? 1 }
    : { until: Date.now() + seconds * 1_000, left: times ?? Number.POSITIVE_INFINITY };

const isSpent = ({ left, until }: Injected): boolean =>
  left <= 0 || (until !== undefined && Date.now() >= until);

const matches = (
  { service, operation, where = {} }: Fault,
  call: Pick<CloudCall, 'service' | 'operation'>,
  facts: Readonly<Record<string, string>>,
): boolean =>
  service === call.service &&
  (operation === '*' || operation === call.operation) &&
  Object.entries(where).every(([key, value]) => facts[key] === value);

const isLike = (fault: Fault, { service, operation, error, where = {} }: Partial<Fault>): boolean =>
  fault.service === (service ?? fault.service) &&
  fault.operation === (operation ?? fault.operation) &&
  fault.error === (error ?? fault.error) &&
  Object.entries(where).every(([key, value]) => fault.where?.[key] === value);

/** The faults that are injected into a cloud, oldest first. */
export class FaultPlan {
  #injected: readonly Injected[] = [];

  add(fault: Fault): void {
    this.#injected = [...this.#injected, { fault, ...lifetimeOf(fault) }];
  }

  /** Clears the faults that agree with all that is given; all of them when nothing is. */
  clear(like: Partial<Fault> = {}): void {
    this.#injected = this.#injected.filter(({ fault }) => !isLike(fault, like));
  }

  /** The faults that can still strike. */
  get active(): readonly Fault[] {
    return this.#injected.filter((injected) => !isSpent(injected)).map(({ fault }) => fault);
  }

  /** The oldest fault that strikes the call, used up once by this; `undefined` when the call may go on. */
  take(
    call: Pick<CloudCall, 'service' | 'operation'>,
    facts: Readonly<Record<string, string>>,
  ): Fault | undefined {
    this.#injected = this.#injected.filter((injected) => !isSpent(injected));
    const struck = this.#injected.find(({ fault }) => matches(fault, call, facts));
    if (struck !== undefined) struck.left -= 1;
    return struck?.fault;
  }
}
