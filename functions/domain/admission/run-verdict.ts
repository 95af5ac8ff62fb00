import { Problem } from '../api/problem.ts';
import { defaultClass, type MachineClass } from '../machine-class.ts';
import {
  isActive,
  isOfFork,
  isSameRepository,
  type RunAttempt,
  type RunState,
  type RunView,
} from '../workflow-run.ts';

/** Why an attempt gets no runner, and for how long that stays true whatever happens at GitHub. */
export interface RunRefusal {
  readonly problem: Problem;
  readonly seconds: number;
}

/** An attempt that is over stays over. */
const forGoodSeconds = 600;

/** What may come true: a run that GitHub does not show yet, an attempt that begins. Never longer than a job needs to start. */
const forNowSeconds = 5;

const refused = (rule: string, detail: string, seconds: number): RunRefusal => ({
  problem: new Problem('not-admitted', detail, { rule }),
  seconds,
});

const unknown = ({ id, repository }: RunAttempt): RunRefusal =>
  refused(
    'run-unknown',
    `GitHub shows no run ${id} of ${repository}. Send github.run_id and github.repository of the run that needs the ` +
      'runner. If the repository is private, the credential of this deployment needs the permission "Actions: read".',
    forNowSeconds,
  );

const elsewhere = ({ id, repository }: RunAttempt, state: RunState): RunRefusal =>
  refused(
    'run-repository',
    `Run ${id} is one of ${state.repository}, not of ${repository}. Send github.repository of the run itself.`,
    forNowSeconds,
  );

const otherAttempt = ({ id, attempt }: RunAttempt, state: RunState): RunRefusal =>
  refused(
    'run-attempt',
    `Run ${id} is at attempt ${state.attempt}, and the label says ${attempt}. Make the label with github.run_attempt ` +
      'of the attempt that needs the runner; after "Re-run failed jobs", use "Re-run all jobs".',
    attempt < state.attempt ? forGoodSeconds : forNowSeconds,
  );

const over = ({ id, attempt }: RunAttempt, { status }: RunState): RunRefusal =>
  refused(
    'run-active',
    `Run ${id} attempt ${attempt} is not active: its status at GitHub is "${status}". Runners are given only to a run that needs them now.`,
    status === 'completed' ? forGoodSeconds : forNowSeconds,
  );

/** Who sends a pull request may edit its workflow, and so what it asks for: a class can be kept from it. */
export const requireOwnHead = (
  { id, repository }: RunAttempt,
  state: RunState,
  name: string | undefined,
  { forks }: MachineClass,
): void => {
  if (forks || !isOfFork(state)) return;
  throw new Problem(
    'not-admitted',
    `Run ${id} of ${repository} runs the code of ${state.headRepository ?? 'a repository that GitHub does not show'}, and class "${name ?? defaultClass}" is only for runs whose code is ${repository}'s own. ` +
      'Ask for the default class in pull requests from forks, or the operator sets forks: true for the class.',
    { rule: 'class-forks' },
  );
};

/** What GitHub's view of a run says of the attempt when it may have a runner, and else why it may not. */
export const runVerdict = (attempt: RunAttempt, state: RunView): RunState | RunRefusal => {
  if (state === undefined || state === 'hidden') return unknown(attempt);
  if (!isSameRepository(state.repository, attempt.repository)) return elsewhere(attempt, state);
  if (state.attempt !== attempt.attempt) return otherAttempt(attempt, state);
  return isActive(state) ? state : over(attempt, state);
};
