import type { Clock } from './ports.ts';
import { addSeconds } from './timing.ts';

/** Values by key, each for so long, and no more than so many: the oldest go first. */
export class Cache<T> {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #entries = new Map<string, { readonly value: T; readonly until: Date }>();

  constructor(clock: Clock, most: number) {
    this.#clock = clock;
    this.#most = most;
  }

  get(key: string): T | undefined {
    const found = this.#entries.get(key);
    if (found !== undefined && this.#clock() < found.until) return found.value;
    this.#entries.delete(key);
    return undefined;
  }

  /** Keeps a value for so many seconds from now. Returns it. */
  set(key: string, value: T, seconds: number): T {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: addSeconds(this.#clock(), seconds) });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#most && oldest !== undefined) this.#entries.delete(oldest);
    return value;
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  get size(): number {
    return this.#entries.size;
  }
}
