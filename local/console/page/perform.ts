import { useEffect, useState } from 'preact/hooks';
import { call } from './call.ts';

/** What came of the last action: read out when it changes. */
export interface CallOutcome {
  readonly isDone: boolean;
  readonly text: string;
}

/** Asks the server to do something, and tells what came of it: `done`, or the server's own sentence. */
export type Perform = (method: string, path: string, body: unknown, done: string) => Promise<boolean>;

/** So long a success is shown, in real milliseconds; a problem stays until the next action. */
const shownMs = 6_000;

export const usePerform = (): readonly [Perform, CallOutcome | undefined] => {
  const [outcome, setOutcome] = useState<CallOutcome>();
  useEffect(() => {
    if (outcome?.isDone !== true) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const perform: Perform = async (method, path, body, done) => {
    const answer = await call(method, path, body);
    setOutcome({ isDone: answer.ok, text: answer.ok ? done : answer.problem });
    return answer.ok;
  };
  return [perform, outcome];
};
