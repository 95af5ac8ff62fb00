import { useEffect, useState } from 'preact/hooks';
import type { Moment } from '../console-state.ts';

/** Real milliseconds between two ticks of whatever shows the time. */
const tickMs = 200;

let origin = { simulated: Date.now(), real: performance.now(), speed: 1 };

/** Sets the simulated clock by what the server says. */
export const setClock = (now: Moment, speed: number): void => {
  origin = { simulated: now, real: performance.now(), speed };
};

/** The simulated time, in between the server's words too. */
export const simulatedNow = (): Moment => origin.simulated + (performance.now() - origin.real) * origin.speed;

const listeners = new Set<(now: Moment) => void>();

setInterval(() => {
  const now = simulatedNow();
  for (const listener of listeners) listener(now);
}, tickMs);

/** The simulated time, for whatever shows it; it goes on by itself. */
export const useNow = (): Moment => {
  const [now, setNow] = useState(simulatedNow);
  useEffect(() => {
    listeners.add(setNow);
    return () => listeners.delete(setNow);
  }, []);
  return now;
};

/** Simulated seconds for each real one. */
export const simulatedSpeed = (): number => origin.speed;
