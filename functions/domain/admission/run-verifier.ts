import { Cache } from '../cache.ts';
import type { Clock } from '../ports.ts';
import type { RunAttempt, RunReader } from '../workflow-run.ts';
import { type RunRefusal, runRefusal } from './run-verdict.ts';

/** For how long GitHub's consent is taken for true. */
const consentSeconds = 5;

/** Strangers choose the keys, so there is an end to them. */
export const mostCached = 1_000;

export interface RunVerifier {
  /** Throws a refusal that is in the cache; asks nobody. */
  recall(attempt: RunAttempt): void;
  /** Asks GitHub, unless the answer is in the cache. Throws a Problem, or GitHub's silence. */
  verify(attempt: RunAttempt): Promise<void>;
}

const keyOf = ({ repository, id, attempt }: RunAttempt): string =>
  `${repository.toLowerCase()}/${id}/${attempt}`;

/**
 * Verifies attempts of runs by what GitHub says. What cannot change is cached for minutes, what can for less
 * time than it takes a job to start after the change: nobody can keep a run out by asking before it.
 */
export const runVerifier = (runs: RunReader, clock: Clock): RunVerifier => {
  const verdicts = new Cache<RunRefusal | 'admitted'>(clock, mostCached);
  const recall = (attempt: RunAttempt): 'admitted' | undefined => {
    const verdict = verdicts.get(keyOf(attempt));
    if (verdict === undefined || verdict === 'admitted') return verdict;
    throw verdict.problem;
  };
  return {
    recall: (attempt) => {
      recall(attempt);
    },
    verify: async (attempt) => {
      if (recall(attempt) === 'admitted') return;
      const refusal = runRefusal(attempt, await runs.run(attempt));
      verdicts.set(keyOf(attempt), refusal ?? 'admitted', refusal?.seconds ?? consentSeconds);
      if (refusal !== undefined) throw refusal.problem;
    },
  };
};
