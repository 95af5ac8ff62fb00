import { Problem } from '../api/problem.ts';
import { GitHubUnavailable } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { addSeconds, secondsBetween } from '../timing.ts';
import type { RunReader } from '../workflow-run.ts';

/** What GitHub's last answer said of the credential's requests for the hour. */
export interface RequestBudget {
  readonly remaining: number;
  /** When the hour begins anew. */
  readonly resetAt: Date;
}

export interface BudgetReader {
  /** `undefined` before the first answer. */
  budget(): RequestBudget | undefined;
}

/**
 * So many of the hour's requests are left to ending runners, of the 5,000 that GitHub gives at least
 * (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).
 */
export const reservedRequests = 1_500;

const reserveReached = (seconds: number): Problem =>
  new Problem(
    'dependency-unavailable',
    `GitHub answers only so many requests an hour, and the rest of this hour's are kept for ending runners. Ask again in ${seconds} seconds.`,
    { rule: 'github-reserve', retryAfterSeconds: seconds },
  );

/**
 * Asks GitHub only while more than the reserve is left, by its last answer, and not again before the time that it
 * named when it refused. When the hour begins anew, what was left of the last one says nothing any more.
 */
export const sparingRuns = (runs: RunReader & BudgetReader, clock: Clock): RunReader => {
  let silence: { readonly error: GitHubUnavailable; readonly until: Date } | undefined;
  return {
    run: async (wanted) => {
      const now = clock();
      if (silence !== undefined && now < silence.until) throw silence.error;
      const budget = runs.budget();
      if (budget !== undefined && budget.remaining <= reservedRequests && now < budget.resetAt)
        throw reserveReached(Math.max(1, Math.ceil(secondsBetween(now, budget.resetAt))));
      try {
        return await runs.run(wanted);
      } catch (error) {
        if (error instanceof GitHubUnavailable && error.retryAfterSeconds !== undefined)
          silence = { error, until: addSeconds(clock(), error.retryAfterSeconds) };
        throw error;
      }
    },
  };
};
