import type { Moment } from '../console-state.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** `14:03:27`, in UTC. */
export const clockText = (moment: Moment): string => new Date(moment).toISOString().slice(11, 19);

/** `2026-03-01`, in UTC. */
export const dateText = (moment: Moment): string => new Date(moment).toISOString().slice(0, 10);

/** `52:14` or `1:02:14`: whole seconds, none below zero. */
export const countdownText = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
};

/** `0.4 s`, `12 s`, `3:20 min` or `1:02:14 h`. */
export const spanText = (ms: number): string => {
  const seconds = Math.max(0, ms) / 1_000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded} s`;
  return `${countdownText(rounded * 1_000)} ${rounded < 3_600 ? 'min' : 'h'}`;
};

/** The window of an alarm: `24 h` or `15 min`. */
export const windowText = (seconds: number): string =>
  seconds % 3_600 === 0 ? `${seconds / 3_600} h` : `${seconds / 60} min`;
