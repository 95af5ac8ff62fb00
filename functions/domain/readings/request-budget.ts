import type { Clock } from '../ports.ts';
import type { ItemChanger } from '../table.ts';

/** So many requests in each window of time, over all functions together. */
export interface BudgetOptions {
  readonly name: string;
  readonly requests: number;
  readonly windowSeconds: number;
}

export interface RequestBudget {
  /** Takes one; `false` when the window has none left. A repeat after a lost answer counts once too often, never too seldom. */
  take(): Promise<boolean>;
  /** Seconds until the next window. */
  secondsLeft(): number;
}

/** For how long an item is kept after its window, in seconds: DynamoDB deletes within days. */
const keptSeconds = 86_400;

/** A budget that is kept in the table. */
export const requestBudget = (
  table: ItemChanger,
  clock: Clock,
  { name, requests, windowSeconds }: BudgetOptions,
): RequestBudget => {
  const nowSeconds = (): number => clock().getTime() / 1_000;
  const windowOf = (seconds: number): number => Math.floor(seconds / windowSeconds);
  return {
    take: async () => {
      const window = windowOf(nowSeconds());
      const ttl = (window + 1) * windowSeconds + keptSeconds;
      const changed = await table.change(
        { pk: `budget#${name}`, sk: String(window) },
        { add: { taken: 1 }, set: { ttl } },
        [{ taken: 'absent' }, { taken: { below: requests } }],
      );
      return changed !== undefined;
    },
    secondsLeft: () => Math.ceil((windowOf(nowSeconds()) + 1) * windowSeconds - nowSeconds()),
  };
};
