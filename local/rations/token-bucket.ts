export interface Bucket {
  /** The most tokens that it holds. */
  readonly size: number;
  readonly refillPerSecond: number;
}

/** A bucket of tokens that refills as time goes by, in simulated time. */
export class TokenBucket {
  readonly #bucket: Bucket;
  #tokens: number;
  #filledAt = Date.now();

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
    this.#tokens = bucket.size;
  }

  /** Below zero when more was spent than there was. */
  get tokens(): number {
    const now = Date.now();
    const { size, refillPerSecond } = this.#bucket;
    this.#tokens = Math.min(size, this.#tokens + ((now - this.#filledAt) / 1_000) * refillPerSecond);
    this.#filledAt = now;
    return this.#tokens;
  }

  /** Takes so many tokens; `false`, and nothing is taken, when there are fewer. */
  take(count = 1): boolean {
    if (this.tokens < count) return false;
    this.#tokens -= count;
    return true;
  }

  /** Takes so many tokens, also those that are still to come; gives the seconds until they have. */
  borrow(count = 1): number {
    this.#tokens = this.tokens - count;
    return Math.max(0, -this.#tokens / this.#bucket.refillPerSecond);
  }
}
