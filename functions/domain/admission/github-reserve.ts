import { Problem } from '../api/problem.ts';
import { Cache } from '../cache.ts';
import { GitHubUnavailable } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { secondsBetween } from '../timing.ts';

/** What GitHub's last answer said of the credential's requests for the hour. */
export interface RequestsLeft {
  readonly remaining: number;
  /** When the hour begins anew. */
  readonly resetAt: Date;
}

export interface RequestsLeftReader {
  /** `undefined` before the first answer. */
  requestsLeft(): RequestsLeft | undefined;
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

export interface GitHubReserve {
  /** Asks GitHub, or throws a Problem when what is left is not for this. */
  spend<T>(ask: () => Promise<T>): Promise<T>;
}

/**
 * Asks GitHub only while more than the reserve is left, by its last answer, and not again before the time that it
 * named when it refused. When the hour begins anew, what was left of the last one says nothing any more.
 */
export const githubReserve = ({ requestsLeft }: RequestsLeftReader, clock: Clock): GitHubReserve => {
  const silences = new Cache<GitHubUnavailable>(clock, 1);
  return {
    spend: async (ask) => {
      const now = clock();
      const silence = silences.get('github');
      if (silence !== undefined) throw silence;
      const left = requestsLeft();
      if (left !== undefined && left.remaining <= reservedRequests && now < left.resetAt)
        throw reserveReached(Math.max(1, Math.ceil(secondsBetween(now, left.resetAt))));
      try {
        return await ask();
      } catch (error) {
        if (error instanceof GitHubUnavailable && error.retryAfterSeconds !== undefined)
          silences.set('github', error, error.retryAfterSeconds);
        throw error;
      }
    },
  };
};
