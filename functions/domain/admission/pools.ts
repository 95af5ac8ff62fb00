import type { Condition, Item, ItemDeleter, ItemKey, ItemLister } from '../table.ts';
import { secondsBetween } from '../timing.ts';
import { capName } from './cap-pool.ts';
import {
  type Claimant,
  claimSeat,
  giveBack,
  type IsLeft,
  pkOf,
  type Seat,
  type SeatPool,
  type SeatTable,
} from './seats.ts';

/** How long a claim takes at the most, from its first seat to its last. */
const claimSeconds = 120;

/** The pools in which a life needs a seat. All but the cap follow it: whoever has no seat there is not alive. */
export interface Pools {
  readonly cap: SeatPool;
  /** How many of the cap's seats it needs; 1 unless told otherwise. */
  readonly capSeats?: number;
  readonly others: readonly SeatPool[];
}

const isOld = ({ claimedAt }: Item, now: Date): boolean =>
  typeof claimedAt !== 'string' || !(secondsBetween(new Date(claimedAt), now) < claimSeconds);

/** Of the other pools a seat is left when its life has none in the cap, and has had the time to get it. */
const leftBehind = (table: ItemLister, cap: SeatPool, now: Date): IsLeft => {
  let living: Promise<ReadonlySet<unknown>> | undefined;
  return async (seat) => {
    if (!isOld(seat, now)) return false;
    living ??= table.list(pkOf(cap)).then((taken) => new Set(taken.map(({ life }) => life)));
    return !(await living).has(seat['life']);
  };
};

const neverLeft: IsLeft = async () => false;

/**
 * Gets a life its seat in every pool, the cap's last, or none: then what was taken is given back. Throws the Problem of
 * the pool that is full, AwsUnavailable or AwsRefused.
 */
export const claimSeats = async (
  table: SeatTable,
  { cap, capSeats = 1, others }: Pools,
  claimant: Claimant,
): Promise<readonly Seat[]> => {
  const isLeft = leftBehind(table, cap, claimant.now);
  const beside: Seat[] = [];
  const inCap: Seat[] = [];
  for (const pool of [...others, ...Array.from({ length: capSeats }, () => cap)]) {
    const claimed = await (pool === cap
      ? claimSeat(table, cap, claimant, neverLeft, { also: beside, held: inCap })
      : claimSeat(table, pool, claimant, isLeft));
    if (typeof claimed !== 'number') {
      (pool === cap ? inCap : beside).push(claimed);
      continue;
    }
    await giveBack(table, [...beside, ...inCap]);
    throw pool.refusal(claimed);
  }
  return [...beside, ...inCap];
};

const keysIn = (text: unknown): readonly ItemKey[] => {
  try {
    const parsed: unknown = JSON.parse(String(text));
    return Array.isArray(parsed)
      ? parsed.filter(({ pk, sk }) => typeof pk === 'string' && typeof sk === 'string')
      : [];
  } catch {
    return [];
  }
};

const release = async (table: ItemDeleter, seat: Item, condition: Condition): Promise<boolean> => {
  const { pk, sk, life, also } = seat;
  if (typeof life === 'string')
    for (const key of keysIn(also)) await table.delete(key, [{ life: { is: life } }]);
  return table.delete({ pk, sk }, condition);
};

/** Gives a seat of the cap back, with its life's others, on condition that nobody has claimed it since it was read. */
export const releaseSeat = (table: ItemDeleter, seat: Item): Promise<boolean> => {
  const { token } = seat;
  return release(table, seat, [{ token: typeof token === 'string' ? { is: token } : 'absent' }]);
};

/** Gives the seats of a life back of which nothing is left. Throws AwsUnavailable or AwsRefused. */
export const releaseSeats = async (table: ItemLister & ItemDeleter, life: string): Promise<void> => {
  const taken = await table.list(`seats#${capName}`);
  for (const seat of taken.filter((one) => one['life'] === life))
    await release(table, seat, [{ life: { is: life } }]);
};
