import type { Clock } from './ports.ts';
import { addSeconds } from './timing.ts';

/** Values by key, each for so long, and no more than so many: the oldest go first. */
export class Remembered<T> {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #known = new Map<string, { readonly value: T; readonly until: Date }>();

  constructor(clock: Clock, most: number) {
    this.#clock = clock;
    this.#most = most;
  }

  get(key: string): T | undefined {
    const found = this.#known.get(key);
    if (found !== undefined && this.#clock() < found.until) return found.value;
    this.#known.delete(key);
    return undefined;
  }

  set(key: string, value: T, seconds: number): void {
    this.#known.delete(key);
    this.#known.set(key, { value, until: addSeconds(this.#clock(), seconds) });
    const [oldest] = this.#known.keys();
    if (this.#known.size > this.#most && oldest !== undefined) this.#known.delete(oldest);
  }

  get size(): number {
    return this.#known.size;
  }
}
