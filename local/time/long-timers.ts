export type Timer = (
  callback: (...args: unknown[]) => void,
  ms?: number,
  ...args: unknown[]
) => NodeJS.Timeout;

export interface Timers {
  readonly setTimeout: Timer;
  readonly setInterval: Timer;
}

/** Node takes a longer delay for one millisecond (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args). */
const longestMs = 2 ** 31 - 1;

/** An interval in equal pieces, of which all but the last are silent: one timer, so that one call clears it. */
const pieced = (timers: Timers, isOnce: boolean): Timer => {
  const short = isOnce ? timers.setTimeout : timers.setInterval;
  return (callback, ms = 0, ...args) => {
    if (!(ms > longestMs)) return short(callback, ms, ...args);
    const pieces = Math.ceil(ms / longestMs);
    let passed = 0;
    const timer = timers.setInterval(
      () => {
        passed += 1;
        if (passed % pieces !== 0) return;
        if (isOnce) clearInterval(timer);
        callback(...args);
      },
      Math.ceil(ms / pieces),
    );
    return timer;
  };
};

/** Timers for any delay, also beyond the 24.8 days that Node's own have. The clearing functions stay the same. */
export const longTimers = (timers: Timers): Timers => ({
  setTimeout: pieced(timers, true),
  setInterval: pieced(timers, false),
});
