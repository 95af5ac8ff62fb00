import { Problem } from '../api/problem.ts';
import {
  isActive,
  isRepository,
  isSameRepository,
  type RunReader,
  type RunState,
  type RunView,
  type WorkflowRun,
} from '../workflow-run.ts';
import type { BudgetOptions, RequestBudget } from './request-budget.ts';
import type { SharedReading } from './shared-reading.ts';

/** A run that GitHub listed as active. */
export interface ActiveRun extends RunState {
  readonly id: number;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** A row of a reading of active runs, `undefined` when it is none. */
export const parseActiveRun = (row: unknown): ActiveRun | undefined => {
  if (typeof row !== 'object' || row === null) return undefined;
  const { id, repository, status, attempt, headRepository } = row as Readonly<Record<string, unknown>>;
  return Number.isSafeInteger(id) && isRepository(repository) && isText(status) && Number.isInteger(attempt)
    ? {
        id: id as number,
        repository,
        status,
        attempt: attempt as number,
        ...(isRepository(headRepository) ? { headRepository } : {}),
      }
    : undefined;
};

/** The readings of the active runs of a repository, by its name. */
export type ActiveRunReadings = (repository: string) => SharedReading<ActiveRun>;

/** How old a reading may be that shows a run as active: a run that has ended meanwhile gets an idle machine, no more. */
export const acceptActiveSeconds = 30;

/** What runs that no reading shows yet may cost: 600 of the hour's 5,000 requests, whoever invents them. */
export const runBudget: BudgetOptions = { name: 'runs-by-id', requests: 10, windowSeconds: 60 };

/** The run as the shared reading shows it; `undefined` when it does not, which says nothing. */
export const activeInReading = async (
  readings: ActiveRunReadings,
  { repository, id }: WorkflowRun,
  acceptSeconds: number,
): Promise<RunState | undefined> => {
  const reading = await readings(repository.toLowerCase()).read(acceptSeconds);
  return reading?.rows.find(
    (run) => run.id === id && isSameRepository(run.repository, repository) && isActive(run),
  );
};

/** A run, or one attempt of it. */
type Wanted = WorkflowRun & { readonly attempt?: number };

/** Whether the view is of the attempt that is asked about, or of none in particular. */
const isOf = ({ attempt }: RunState, wanted: Wanted): boolean =>
  wanted.attempt === undefined || wanted.attempt === attempt;

const noBudget = (seconds: number): Problem =>
  new Problem(
    'dependency-unavailable',
    `GitHub's list of active runs does not show this run yet, and all requests of this minute have been used. Ask again in ${seconds} seconds.`,
    { rule: 'github-reserve', retryAfterSeconds: seconds },
  );

/**
 * Runs for admission: by the shared reading, which costs nothing, and a run that is not in it by one request of a
 * budget, so that invented runs cost a bounded number. Lists lag, and unseen is not refused: without budget it throws a
 * Problem that says when to ask again, by when there will be another reading.
 */
export const sharedRuns = (
  readings: ActiveRunReadings,
  runs: RunReader,
  budget: RequestBudget,
): RunReader => ({
  run: async (wanted: Wanted): Promise<RunView> => {
    const listed = await activeInReading(readings, wanted, acceptActiveSeconds);
    if (listed !== undefined && isOf(listed, wanted)) return listed;
    if (!(await budget.take())) throw noBudget(Math.min(acceptActiveSeconds, budget.secondsLeft()));
    return runs.run(wanted);
  },
});
