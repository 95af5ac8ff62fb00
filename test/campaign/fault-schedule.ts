import type { InvocationResult } from '../../local/aws/lambda/function-invoker.ts';
import type { InterceptedCall } from '../../local/wire/front-door.ts';
import type { WireResponse } from '../../local/wire/wire.ts';
import type { Strike } from './evidence.ts';
import { strikeInvocation } from './lambda-faults.ts';
import type { PlannedFault } from './plan.ts';
import { strikeCall } from './wire-faults.ts';

type Wire = Extract<PlannedFault, { type: 'wire' }>;
type Lambda = Extract<PlannedFault, { type: 'lambda' }>;

interface Armed<F> {
  readonly fault: F;
  /** How many that fit still go by unharmed. */
  spared: number;
  left: number;
  /** When the last of its strikes has been, of one that lasts. */
  until?: number;
}

/** A fault of one life leaves the others, and what is done for all of them, alone. */
const isFor = (fault: Wire | Lambda, life: string | undefined): boolean =>
  fault.life === undefined || fault.life === life;

/** Offsets of the world, in milliseconds from its beginning. */
const isOpen = ({ fault, left, until }: Armed<Wire | Lambda>, sinceStartMs: number): boolean => {
  const { from, seconds } = fault;
  if (until !== undefined) return sinceStartMs < until;
  if (left <= 0 || sinceStartMs < from * 1_000) return false;
  return seconds === undefined || sinceStartMs < (from + seconds) * 1_000;
};

const arm = <F extends Wire | Lambda>(faults: readonly F[]): Armed<F>[] =>
  faults.map((fault) => ({
    fault,
    spared: fault.after ?? 0,
    left: fault.strikes ?? (fault.seconds === undefined ? 1 : Number.POSITIVE_INFINITY),
  }));

export interface FaultScheduleOptions {
  readonly faults: readonly PlannedFault[];
  readonly startedAt: number;
  readonly onStrike: (strike: Strike) => void;
}

/** The planned faults, as they meet calls and invocations. */
export class FaultSchedule {
  readonly #options: FaultScheduleOptions;
  readonly #wire: readonly Armed<Wire>[];
  readonly #lambda: readonly Armed<Lambda>[];

  constructor(options: FaultScheduleOptions) {
    this.#options = options;
    this.#wire = arm(options.faults.filter((fault) => fault.type === 'wire'));
    this.#lambda = arm(options.faults.filter((fault) => fault.type === 'lambda'));
  }

  /** Answers a call to the cloud, with or without a fault. */
  async call(intercepted: InterceptedCall, life: string | undefined): Promise<WireResponse> {
    const { service, operation } = intercepted.call;
    const struck = this.#take(
      this.#wire,
      ({ fault }) =>
        isFor(fault, life) &&
        fault.service === service &&
        (fault.operation === '*' || fault.operation === operation),
    );
    if (struck === undefined) return intercepted.perform();
    this.#strike(struck.kind, `${service} ${operation}`);
    return strikeCall(struck.kind, intercepted);
  }

  /** Does an invocation, with or without a fault. */
  async invocation(
    stem: string,
    life: string | undefined,
    run: () => Promise<InvocationResult>,
  ): Promise<InvocationResult> {
    const struck = this.#take(
      this.#lambda,
      ({ fault }) => isFor(fault, life) && (fault.stem === '*' || fault.stem === stem),
    );
    if (struck === undefined) return run();
    this.#strike(struck.kind, stem);
    return strikeInvocation(struck.kind, run);
  }

  #take<F extends Wire | Lambda>(
    armed: readonly Armed<F>[],
    fits: (candidate: Armed<F>) => boolean,
  ): F | undefined {
    const sinceStart = Date.now() - this.#options.startedAt;
    const struck = armed.find((candidate) => isOpen(candidate, sinceStart) && fits(candidate));
    if (struck === undefined) return undefined;
    if (struck.spared > 0) {
      struck.spared -= 1;
      return undefined;
    }
    struck.left -= 1;
    if ('lastsSeconds' in struck.fault && struck.fault.lastsSeconds !== undefined)
      struck.until ??= sinceStart + struck.fault.lastsSeconds * 1_000;
    return struck.fault;
  }

  #strike(kind: string, what: string): void {
    this.#options.onStrike({ at: Date.now(), kind, what });
  }
}
