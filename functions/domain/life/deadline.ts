import { addSeconds } from '../timing.ts';

/** `2026-03-01T10:00:00.000Z`, as we write times; another form could be read as another moment elsewhere. */
const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

/** The moment that a text in ISO 8601 and UTC names; `undefined` when it names none. */
export const utcTime = (value: unknown): Date | undefined => {
  if (typeof value !== 'string' || !form.test(value)) return undefined;
  const time = new Date(value);
  // A 30 February is read as 2 March.
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 10) === value.slice(0, 10)
    ? time
    : undefined;
};

/** The earliest of the dates that there are. */
export const earliest = (...dates: readonly (Date | undefined)[]): Date | undefined =>
  dates.filter((date) => date !== undefined).toSorted((one, other) => one.getTime() - other.getTime())[0];

/**
 * The latest deadline of a life, by a moment that AWS's own clock says: when its execution began, or its instance was
 * launched. Inputs and tags are data of whoever wrote them, and can ask for less and never for more.
 */
export const latestDeadline = (beganAt: Date, lifetimeMinutes: number): Date =>
  addSeconds(beganAt, lifetimeMinutes * 60);

/** The deadline that was asked for, as far as there is one and it is not too late. */
export const boundedDeadline = (asked: Date | undefined, beganAt: Date, lifetimeMinutes: number): Date =>
  earliest(asked, latestDeadline(beganAt, lifetimeMinutes)) ?? beganAt;
