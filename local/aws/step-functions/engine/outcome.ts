import type { HistoryDetails } from './history.ts';

/** How an execution ended. One that timed out has no error of its own: only its history says States.Timeout. */
export interface Outcome {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

const endTypes = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
} as const;

/** The failure that an error makes of an execution. */
export const failedWith = ({ name, message }: Error): Outcome => ({
  status: 'FAILED',
  error: name,
  cause: message,
});

/** The last event of a history. */
export const endEvent = ({ status, output, error, cause }: Outcome): HistoryDetails => {
  const type = endTypes[status];
  if (status === 'SUCCEEDED') return { type, output: JSON.stringify(output) };
  if (status === 'TIMED_OUT') return { type, error: 'States.Timeout' };
  return {
    type,
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
};
