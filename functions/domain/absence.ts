import { absenceReadingsSeconds, secondsBetween } from './timing.ts';

/** Something that the readings in a row have not shown. */
export interface Unseen<What extends string = string> {
  readonly what: What;
  /** ISO 8601: when the first of them was made. */
  readonly since: string;
}

/** A reading that does not show `what`, after what the reading before it had not shown. */
export const unseen = <What extends string>(
  what: What,
  earlier: Unseen | undefined,
  now: Date,
): Unseen<What> => ({ what, since: earlier?.what === what ? earlier.since : now.toISOString() });

/** Whether two readings so far apart prove that it is not there: GitHub and EC2 deny for seconds what is. */
export const isProven = ({ since }: Unseen, now: Date): boolean =>
  secondsBetween(new Date(since), now) >= absenceReadingsSeconds;
