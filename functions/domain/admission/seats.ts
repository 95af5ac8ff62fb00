import { createHash } from 'node:crypto';
import type { Problem } from '../api/problem.ts';
import { AwsUnavailable } from '../errors.ts';
import {
  absent,
  type Condition,
  type Item,
  type ItemDeleter,
  type ItemKey,
  type ItemLister,
  type ItemPutter,
} from '../table.ts';

/** So many may be there at once: each has one of the pool's numbered seats. */
export interface SeatPool {
  readonly name: string;
  readonly seats: number;
  /** The seats below it are for others; 0 unless told otherwise. */
  readonly from?: number;
  /** What whoever finds no seat is told, by how many are taken. */
  readonly refusal: (taken: number) => Problem;
}

/** Who wants a seat. Each request has a token of its own, so that it gives back nothing that another relies on. */
export interface Claimant {
  readonly life: string;
  readonly token: string;
  readonly now: Date;
}

/** A seat that a claimant has. */
export interface Seat {
  readonly key: ItemKey;
  readonly token: string;
  /** Whether the life had none before. */
  readonly isNew: boolean;
}

export type SeatTable = ItemLister & ItemPutter & ItemDeleter;

/** Whether a seat that is taken may be taken over. */
export type IsLeft = (seat: Item) => Promise<boolean>;

/** Others can be quicker, and then a claim looks again: at least one of them has its seat each time. */
const maximumAttempts = 20;

export const pkOf = ({ name }: SeatPool): string => `seats#${name}`;
const skOf = (index: number): string => String(index).padStart(4, '0');

/** The same for whoever claims for the same life. */
const placeIn = (life: string, attempt: number, length: number): number =>
  (createHash('sha256').update(life).digest().readUInt32BE() + attempt) % length;

const freeSeat = (
  { seats, from = 0 }: SeatPool,
  taken: readonly Item[],
  life: string,
  attempt: number,
): string | undefined => {
  const numbers = new Set(taken.map(({ sk }) => sk));
  const free = Array.from({ length: Math.max(0, seats - from) }, (_, index) => skOf(from + index)).filter(
    (sk) => !numbers.has(sk),
  );
  return free[placeIn(life, attempt, free.length)];
};

const firstLeft = async (taken: readonly Item[], isLeft: IsLeft): Promise<Item | undefined> => {
  for (const seat of taken) if (await isLeft(seat)) return seat;
  return undefined;
};

/** A field that is not a text, which somebody's hand has made, cannot be compared, and so keeps its seat. */
const unchanged = ({ token }: Item): Condition => [
  { token: typeof token === 'string' ? { is: token } : 'absent' },
];

interface Place {
  readonly sk: string;
  readonly condition: Condition;
  readonly isNew: boolean;
}

const placeFor = async (
  pool: SeatPool,
  taken: readonly Item[],
  { life, token }: Claimant,
  isLeft: IsLeft,
  held: readonly Seat[],
  attempt: number,
): Promise<Place | undefined> => {
  const own = taken.find((seat) => seat['life'] === life && held.every(({ key }) => key.sk !== seat.sk));
  if (own !== undefined) return { sk: own.sk, condition: unchanged(own), isNew: own['token'] === token };
  const free = taken.length < pool.seats ? freeSeat(pool, taken, life, attempt) : undefined;
  if (free !== undefined) return { sk: free, condition: absent, isNew: true };
  const left = await firstLeft(
    taken.filter(({ sk }) => sk >= skOf(pool.from ?? 0) && sk < skOf(pool.seats)),
    isLeft,
  );
  return left === undefined ? undefined : { sk: left.sk, condition: unchanged(left), isNew: true };
};

interface SeatOptions {
  /** The life's seats in other pools, which are given back with this one. */
  readonly also?: readonly Seat[];
  /** Those of this pool that it has been given before: another is wanted. */
  readonly held?: readonly Seat[];
}

/**
 * Gets the life a seat, or the one again that it has; the number of those that others have when there is none for it.
 * Exact under any concurrency, for a seat is taken by one write on condition that it is free. Throws AwsUnavailable or
 * AwsRefused.
 */
export const claimSeat = async (
  table: SeatTable,
  pool: SeatPool,
  claimant: Claimant,
  isLeft: IsLeft,
  { also = [], held = [] }: SeatOptions = {},
): Promise<Seat | number> => {
  const { life, token, now } = claimant;
  for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
    const taken = await table.list(pkOf(pool));
    const place = await placeFor(pool, taken, claimant, isLeft, held, attempt);
    if (place === undefined) return taken.length - held.length;
    const key = { pk: pkOf(pool), sk: place.sk };
    const seat = { ...key, life, token, claimedAt: now.toISOString() };
    const others = also.length === 0 ? {} : { also: JSON.stringify(also.map((one) => one.key)) };
    if (await table.put({ ...seat, ...others }, place.condition)) return { key, token, isNew: place.isNew };
  }
  throw new AwsUnavailable(
    `No seat of ${pool.name} could be had: others were quicker ${maximumAttempts} times`,
  );
};

/** Gives back what the claimant has taken itself, and nobody has claimed again since. */
export const giveBack = async (table: ItemDeleter, seats: readonly Seat[]): Promise<void> => {
  for (const { key, token } of seats.filter(({ isNew }) => isNew))
    await table.delete(key, [{ token: { is: token } }]);
};
