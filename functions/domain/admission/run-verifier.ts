import { Cache } from '../cache.ts';
import type { Clock } from '../ports.ts';
import type { RunAttempt, RunReader, RunState } from '../workflow-run.ts';
import { type RunRefusal, runVerdict } from './run-verdict.ts';

/** For how long GitHub's consent is taken for true. */
const consentSeconds = 5;

/** Strangers choose the keys, so there is an end to them. */
export const mostCached = 1_000;

export interface RunVerifier {
  /** Throws a refusal that is in the cache; asks nobody. */
  recall(attempt: RunAttempt): void;
  /** What GitHub says of the run, or said lately. Throws a Problem, or GitHub's silence. */
  verify(attempt: RunAttempt): Promise<RunState>;
}

const keyOf = ({ repository, id, attempt }: RunAttempt): string =>
  `${repository.toLowerCase()}/${id}/${attempt}`;

/**
 * Verifies attempts of runs by what GitHub says. What cannot change is cached for minutes, what can for less
 * time than it takes a job to start after the change: nobody can keep a run out by asking before it.
 */
export const runVerifier = (runs: RunReader, clock: Clock): RunVerifier => {
  const verdicts = new Cache<RunRefusal | RunState>(clock, mostCached);
  const recall = (attempt: RunAttempt): RunState | undefined => {
    const verdict = verdicts.get(keyOf(attempt));
    if (verdict !== undefined && 'problem' in verdict) throw verdict.problem;
    return verdict;
  };
  return {
    recall: (attempt) => {
      recall(attempt);
    },
    verify: async (attempt) => {
      const known = recall(attempt);
      if (known !== undefined) return known;
      const verdict = runVerdict(attempt, await runs.run(attempt));
      const isRefusal = 'problem' in verdict;
      verdicts.set(keyOf(attempt), verdict, isRefusal ? verdict.seconds : consentSeconds);
      if (isRefusal) throw verdict.problem;
      return verdict;
    },
  };
};
