/** How many may go on at once. */
export interface PlacesOptions {
  readonly size: number;
  /**
   * For how many simulated milliseconds a place is taken at least: in virtual time work takes none, and on AWS it
   * always takes some.
   */
  readonly leastMs: number;
  /**
   * Whether a place is held until its work has ended. Where time runs faster than this machine, its own slowness
   * would count as the service's, so there a place is held for the least time alone.
   */
  readonly isHeldToEnd: boolean;
}

/** Places for what goes on at the same time. */
export class Places {
  readonly #options: PlacesOptions;
  #running = 0;
  /** When each place of work that has ended is free again, oldest first. */
  #freeAt: number[] = [];

  constructor(options: PlacesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#options.size;
  }

  get free(): number {
    const now = Date.now();
    while (this.#freeAt[0] !== undefined && this.#freeAt[0] <= now) this.#freeAt.shift();
    return this.size - this.#running - this.#freeAt.length;
  }

  /** Takes a place and gives what frees it again; `undefined` when there is none. */
  take(): (() => void) | undefined {
    if (this.free <= 0) return undefined;
    const { leastMs, isHeldToEnd } = this.#options;
    const freeAt = Date.now() + leastMs;
    if (!isHeldToEnd) {
      this.#freeAt.push(freeAt);
      return () => undefined;
    }
    this.#running += 1;
    return () => this.#end(freeAt);
  }

  #end(freeAt: number): void {
    this.#running -= 1;
    if (freeAt <= Date.now()) return;
    this.#freeAt.push(freeAt);
    this.#freeAt.sort((a, b) => a - b);
  }
}
