import type { Throttle } from '../../template/stack-http-api.ts';

/** Counts the requests of a route against its throttle, in simulated time. */
export class TokenBucket {
  readonly #throttle: Throttle;
  #tokens: number;
  #filledAt = Date.now();

  constructor(throttle: Throttle) {
    this.#throttle = throttle;
    this.#tokens = throttle.burst;
  }

  /** Takes one token; `false` when there is none. */
  take(): boolean {
    const now = Date.now();
    const { burst, ratePerSecond } = this.#throttle;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1_000) * ratePerSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
