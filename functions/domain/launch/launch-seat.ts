import { capPool } from '../admission/cap-pool.ts';
import { claimSeats } from '../admission/pools.ts';
import { pkOf, type SeatTable } from '../admission/seats.ts';
import { Problem } from '../api/problem.ts';
import { CapReached } from '../errors.ts';

/**
 * Makes sure that a life has its seats among the live runners, right before a launch: it had one when it was admitted,
 * but for one that began by hand or before there was a table. Throws CapReached, AwsUnavailable or AwsRefused.
 */
export const requireSeats = async (
  table: SeatTable,
  cap: number,
  seats: number,
  life: string,
  now: Date,
): Promise<void> => {
  const pool = capPool(cap);
  const taken = await table.list(pkOf(pool));
  const own = taken.filter((seat) => seat['life'] === life);
  if (own.length >= seats) return;
  try {
    await claimSeats(table, { cap: pool, capSeats: seats, others: [] }, { life, token: life, now });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new CapReached(
      `${taken.length - own.length} of this deployment's ${cap} seats for live runners are taken, and this runner needs ${seats}. Run the workflow again when others have ended.`,
    );
  }
};
