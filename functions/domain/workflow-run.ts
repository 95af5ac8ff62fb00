/** A workflow run at GitHub. */
export interface WorkflowRun {
  /** `owner/name`. */
  readonly repository: string;
  readonly id: number;
}

/** One attempt of a run: running it again is another attempt of the same run. */
export interface RunAttempt extends WorkflowRun {
  readonly attempt: number;
}

/** What GitHub says of a run. */
export interface RunState {
  /** `owner/name`, as GitHub spells it. */
  readonly repository: string;
  /** GitHub's word for how far the newest attempt has come, such as `in_progress`. */
  readonly status: string;
  /** The newest attempt. */
  readonly attempt: number;
  /** Where the code is that it runs, `owner/name`; absent when GitHub names none, as of a fork that was deleted. */
  readonly headRepository?: string;
}

/** A job of a run. */
export interface RunJob {
  /** The registered name of the runner that took it; exact, unlike a runner's `busy`. Absent while none has. */
  readonly runnerName?: string;
  readonly isCompleted: boolean;
}

/**
 * GitHub's view of a run; `undefined` when it answers that there is none, or none that it shows, `hidden` when it
 * answers that the credential may not read it.
 */
export type RunView = RunState | 'hidden' | undefined;

export interface RunReader {
  /** Throws GitHubUnavailable, GitHubRefused or CredentialUnusable. */
  run(run: WorkflowRun): Promise<RunView>;
}

export interface RunJobReader {
  /** The jobs of every attempt, `undefined` when GitHub answers that there is no such run. */
  jobs(run: WorkflowRun): Promise<readonly RunJob[] | undefined>;
}

/**
 * The statuses of a run that is not over; `completed` is the only other one
 * (https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run).
 */
export const activeStatuses: ReadonlySet<string> = new Set([
  'queued',
  'in_progress',
  'waiting',
  'requested',
  'pending',
]);

/** Whether GitHub's newest attempt of the run still has something to do. */
export const isActive = ({ status }: RunState): boolean => activeStatuses.has(status);

/** Whether GitHub says that nothing more can come of the attempt: it is over, or a later one has begun. */
export const isAttemptOver = (view: NonNullable<RunView>, { attempt }: RunAttempt): boolean =>
  view !== 'hidden' && (view.attempt > attempt || view.status === 'completed');

/** GitHub compares the names of owners and repositories without regard to case. */
export const isSameRepository = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Whether the run's code is another repository's, or may be. */
export const isOfFork = ({ repository, headRepository }: RunState): boolean =>
  headRepository === undefined || !isSameRepository(headRepository, repository);

const isWholeNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;

/** GitHub's names: an owner has letters, digits and hyphens, a repository also dots and underscores. */
export const repositoryForm = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;

/** Whether `value` could be a repository's full name. */
export const isRepository = (value: unknown): value is string =>
  typeof value === 'string' && repositoryForm.test(value);

/** The attempt that a value of an execution's data or an input holds, `undefined` when it is none. */
export const readRunAttempt = (value: unknown): RunAttempt | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { repository, id, attempt } = value as Partial<Record<keyof RunAttempt, unknown>>;
  return isRepository(repository) && isWholeNumber(id) && isWholeNumber(attempt)
    ? { repository, id, attempt }
    : undefined;
};

/** The attempt as people read it. */
export const describeAttempt = ({ repository, id, attempt }: RunAttempt): string =>
  `${repository} run ${id} attempt ${attempt}`;

/** Asks about each run no more than once, however many lives it has: requests are counted by the hour. */
export const eachRunOnce = (runs: RunReader): RunReader => {
  const asked = new Map<number, Promise<RunView>>();
  return {
    run: (run) => {
      const answer = asked.get(run.id) ?? runs.run(run);
      asked.set(run.id, answer);
      return answer;
    },
  };
};
