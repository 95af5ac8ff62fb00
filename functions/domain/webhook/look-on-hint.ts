import type { BudgetOptions, RequestBudget } from '../readings/request-budget.ts';
import {
  isActive,
  isSameRepository,
  type RunAttempt,
  type RunReader,
  type RunState,
  type WorkflowRun,
} from '../workflow-run.ts';

export interface LookOnHintPorts {
  readonly runs: RunReader;
  readonly budget: (options: BudgetOptions) => Pick<RequestBudget, 'take'>;
  /** Reads the run's queued jobs at GitHub, and creates what they ask for. */
  readonly lookAtRun: (run: RunAttempt & RunState) => Promise<void>;
}

/** A matrix delivers its jobs together, and one look serves all that GitHub shows by then. */
const ofOneRun = ({ id }: WorkflowRun): BudgetOptions => ({
  name: `look#${id}`,
  requests: 1,
  windowSeconds: 2,
});

/** A look is two requests and seldom four: less than a quarter of GitHub's hour, however many jobs somebody queues. */
const ofAll: BudgetOptions = { name: 'looks', requests: 3, windowSeconds: 10 };

const takes = async ({ budget }: LookOnHintPorts, ...options: readonly BudgetOptions[]): Promise<boolean> => {
  for (const one of options) if (!(await budget(one).take())) return false;
  return true;
};

/**
 * Looks at a run of which somebody says that it has a queued job, once GitHub itself shows the run as active. Why it was
 * not looked at, if it was not: the queue look of the next minute looks then. Throws what GitHub's adapters and the table
 * throw.
 */
export const lookOnHint =
  (ports: LookOnHintPorts) =>
  async (run: WorkflowRun): Promise<string | undefined> => {
    if (!(await takes(ports, ofOneRun(run), ofAll))) return 'runs were looked at moments ago';
    const view = await ports.runs.run(run);
    if (view === undefined || view === 'hidden') return 'GitHub does not show the run';
    if (!isSameRepository(view.repository, run.repository)) return 'the run is another repository’s';
    if (!isActive(view)) return 'the run is not active';
    await ports.lookAtRun({ ...view, id: run.id });
    return undefined;
  };
