import { destroyedError } from '../ending/destroyed.ts';
import { errorAdvice } from '../error-advice.ts';
import type { Execution } from '../ports.ts';

/**
 * One word for why a provision did not succeed: the error's name when it is one of ours, else `TimedOut`, `Stopped`
 * by a person, `Destroyed` by its own end, `Unknown` when Step Functions did not say, or `Other`. Few words, for each
 * is a metric.
 */
export const unsuccessfulReason = (provision: Execution | undefined): string => {
  if (provision === undefined) return 'Unknown';
  const { status, error } = provision;
  if (status === 'TIMED_OUT') return 'TimedOut';
  if (status === 'ABORTED') return error === destroyedError ? error : 'Stopped';
  return error !== undefined && errorAdvice(error) !== undefined ? error : 'Other';
};
