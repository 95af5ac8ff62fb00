import FakeTimers from '@sinonjs/fake-timers';
import { longTimers } from './long-timers.ts';

/** Counts the calls in flight, during which virtual time may not move: what they wait for is real. */
export class InFlight {
  #count = 0;

  get isQuiet(): boolean {
    return this.#count === 0;
  }

  async track<T>(work: () => Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
    }
  }
}

export interface VirtualTime {
  /** Runs whatever is due in the next `seconds`, in order, each when nothing is in flight. */
  advance(seconds: number): Promise<void>;
  /** Advances until the condition holds; throws when it does not within `limitSeconds`. */
  advanceUntil(condition: () => boolean, limitSeconds: number): Promise<void>;
  /** Gives the real clock and timers back. */
  uninstall(): void;
}

/** Two turns of the event loop in a row without a call in flight: every promise that could go on has. */
const quietTurns = 2;

/** A file that is being read or closed, as the SDK reads its configuration once in a process: no timer tells of it. */
const isReading = (): boolean =>
  process.getActiveResourcesInfo().some((name) => /^(FSReq|CloseReq$)/.test(name));

/**
 * Replaces the global clock and timers by virtual ones that start at `start`. Cryptography and file reads
 * escape them, so time moves only between calls.
 */
export const installVirtualTime = (start: Date, inFlight: InFlight): VirtualTime => {
  const realTurn = globalThis.setImmediate;
  const clock = FakeTimers.withGlobal(globalThis).install({
    now: start,
    toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    ignoreMissingTimers: true,
  });
  const { setTimeout, setInterval } = globalThis;
  Object.assign(globalThis, longTimers({ setTimeout, setInterval }));

  const settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < quietTurns; quiet = inFlight.isQuiet && !isReading() ? quiet + 1 : 0)
      await new Promise<void>((resolve) => realTurn(resolve));
  };

  /** A timer at the end of the span shows when it is over: until it fires, whatever is due comes first. */
  const run = async (seconds: number, isDone: () => boolean): Promise<void> => {
    let isOver = false;
    const end = globalThis.setTimeout(() => {
      isOver = true;
    }, seconds * 1_000);
    await settle();
    while (!isOver && !isDone()) {
      clock.next();
      await settle();
    }
    clearTimeout(end);
  };

  return {
    advance: (seconds) => run(seconds, () => false),
    advanceUntil: async (condition, limitSeconds) => {
      await run(limitSeconds, condition);
      if (!condition()) throw new Error(`It did not happen within ${limitSeconds} simulated seconds.`);
    },
    uninstall: () => clock.uninstall(),
  };
};
