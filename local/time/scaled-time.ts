import { longTimers, type Timer, type Timers } from './long-timers.ts';

/** A clock that showed `originMs` (Unix milliseconds) at that very moment, and has run `speed` times as fast since. */
export interface TimeScale {
  readonly originMs: number;
  readonly speed: number;
}

const RealDate = globalThis.Date;
const real = longTimers({ setTimeout: globalThis.setTimeout, setInterval: globalThis.setInterval });

/** Calls back after milliseconds of this machine's own time; `clearTimeout` takes what it returns. */
export const realTimeout = (callback: () => void, ms: number): NodeJS.Timeout =>
  real.setTimeout(callback, ms);

const scaledNow = ({ originMs, speed }: TimeScale): number =>
  Math.floor(originMs + (RealDate.now() - originMs) * speed);

/** `Date` on the scale. A proxy, for `Date` called as a function gives a text, which a class cannot. */
export const scaledDate = (scale: TimeScale): DateConstructor =>
  new Proxy(RealDate, {
    apply: () => new RealDate(scaledNow(scale)).toString(),
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [scaledNow(scale)] : args, newTarget),
    get: (target, key, receiver) =>
      key === 'now' ? () => scaledNow(scale) : Reflect.get(target, key, receiver),
  });

const scaledTimer =
  (timer: Timer, speed: number): Timer =>
  (callback, ms = 0, ...args) =>
    timer(callback, Math.ceil(ms / speed), ...args);

/** `setTimeout` and `setInterval` whose milliseconds are simulated ones. The clearing functions stay the same. */
export const scaledTimers = ({ speed }: TimeScale): Timers => ({
  setTimeout: scaledTimer(real.setTimeout, speed),
  setInterval: scaledTimer(real.setInterval, speed),
});

/** Replaces the global `Date` by one on the scale. At speed 1 nothing is replaced. */
export const installScaledDate = (scale: TimeScale): void => {
  if (scale.speed !== 1) globalThis.Date = scaledDate(scale);
};

/**
 * Replaces the global clock and timers by ones on the scale. Node's own modules, such as its HTTP server, keep
 * the machine's time. At speed 1 the clock stays, and timers can be longer than Node's.
 */
export const installScaledTime = (scale: TimeScale): void => {
  installScaledDate(scale);
  Object.assign(globalThis, scaledTimers(scale));
};
