import { Places, type PlacesOptions } from '../../rations/places.ts';
import type { RationKeeper } from '../../rations/ration-use.ts';
import { type FunctionInvoker, refusalOf } from './function-invoker.ts';

/** As Step Functions names it: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export const tooManyRequests = 'Lambda.TooManyRequestsException';

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
const throttled = refusalOf(
  tooManyRequests,
  'Rate Exceeded. (Service: Lambda, Status Code: 429, Reason: ConcurrentInvocationLimitExceeded)',
);

const pause = (ms: number): Promise<void> =>
  ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));

export interface LimitedInvokerOptions extends PlacesOptions {
  /** How long an invocation takes at least, for a simulation in which nothing takes time by itself. */
  readonly durationMs: number;
}

/**
 * Runs as many functions at once as the account may
 * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html).
 */
export class LimitedInvoker implements FunctionInvoker, RationKeeper {
  readonly #invoker: FunctionInvoker;
  readonly #durationMs: number;
  readonly #places: Places;
  #total = 0;
  #refused = 0;

  constructor(invoker: FunctionInvoker, { durationMs, ...places }: LimitedInvokerOptions) {
    this.#invoker = invoker;
    this.#durationMs = durationMs;
    this.#places = new Places(places);
  }

  async invoke(...invocation: Parameters<FunctionInvoker['invoke']>): ReturnType<FunctionInvoker['invoke']> {
    this.#total += 1;
    const leave = this.#places.take();
    if (leave === undefined) {
      this.#refused += 1;
      return throttled;
    }
    try {
      const [result] = await Promise.all([this.#invoker.invoke(...invocation), pause(this.#durationMs)]);
      return result;
    } finally {
      leave();
    }
  }

  close(): Promise<void> {
    return this.#invoker.close();
  }

  report(): ReturnType<RationKeeper['report']> {
    const { free: tokens, size } = this.#places;
    const operation = 'concurrent invocations';
    return [{ service: 'lambda', operation, tokens, size, total: this.#total, refused: this.#refused }];
  }
}
