import { capPool } from '../admission/cap-pool.ts';
import { claimSeats } from '../admission/pools.ts';
import { pkOf, type SeatTable } from '../admission/seats.ts';
import { Problem } from '../api/problem.ts';
import { CapReached } from '../errors.ts';

/**
 * Makes sure that a life has its seat among the live runners, right before a launch: it had one when it was admitted,
 * but for one that began by hand or before there was a table. Throws CapReached, AwsUnavailable or AwsRefused.
 */
export const requireSeat = async (table: SeatTable, cap: number, life: string, now: Date): Promise<void> => {
  const pool = capPool(cap);
  const taken = await table.list(pkOf(pool));
  if (taken.some((seat) => seat['life'] === life)) return;
  try {
    await claimSeats(table, { cap: pool, others: [] }, { life, token: life, now });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new CapReached(
      `${taken.length} other runners are live, of ${cap} that this deployment allows. Run the workflow again when others have ended.`,
    );
  }
};
