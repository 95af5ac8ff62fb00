import type { Visit } from './visits.ts';

/** What a state is to an execution. */
export type StateMark = 'current' | 'succeeded' | 'failed' | 'stopped' | 'visited' | 'ahead';

/** What the state that an execution was in last is, by the execution's status. */
const lastMarks: Readonly<Record<string, StateMark>> = {
  RUNNING: 'current',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'failed',
  ABORTED: 'stopped',
};

export const markOf = (state: string, visits: readonly Visit[], status = ''): StateMark => {
  if (visits.at(-1)?.state === state) return lastMarks[status] ?? 'visited';
  return visits.some((visit) => visit.state === state) ? 'visited' : 'ahead';
};

/** The marks in words. */
export const markTexts: Readonly<Record<StateMark, string>> = {
  current: 'the current state',
  succeeded: 'the execution succeeded here',
  failed: 'the execution failed here',
  stopped: 'the execution was stopped here',
  visited: 'visited',
  ahead: 'not visited',
};
