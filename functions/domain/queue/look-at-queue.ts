import type { Clock } from '../ports.ts';
import type { ActiveRun, ActiveRunReadings } from '../readings/shared-runs.ts';
import { secondsBetween } from '../timing.ts';
import { isActive } from '../workflow-run.ts';
import type { LogDecision, QueuedRun } from './look-at-run.ts';
import { turnsOfThisMinute } from './turns.ts';

export interface LookAtQueuePorts {
  readonly activeRuns: ActiveRunReadings;
  readonly lookAtRun: (run: QueuedRun) => Promise<void>;
  readonly clock: Clock;
  readonly log: LogDecision;
}

/** A look is made every minute, and each one wants a reading of its own. */
const acceptSeconds = 45;

/** So many runs have their turn in a minute; each costs a request, or none while its jobs are what they were. */
const runsPerLook = 20;

/** A look ends by itself before Lambda ends it; what had no turn has it in a minute. */
const lookSeconds = 20;

const activeRunsOf = async ({ activeRuns, log }: LookAtQueuePorts, repository: string) => {
  try {
    const reading = await activeRuns(repository.toLowerCase()).read(acceptSeconds);
    return reading?.rows.filter(isActive) ?? [];
  } catch (error) {
    log('the runs of a repository are not known', { repository, reason: String(error) });
    return [];
  }
};

/**
 * Looks at the active runs of every allowed repository. What fails at one keeps no other from its turn. Throws the first
 * failure once all have had theirs, so that it is seen.
 */
export const lookAtQueue = (ports: LookAtQueuePorts, allowedRepositories: readonly string[]) => async () => {
  const { lookAtRun, clock, log } = ports;
  const startedAt = clock();
  const runs = (
    await Promise.all(allowedRepositories.map((repository) => activeRunsOf(ports, repository)))
  ).flat();
  const failures: unknown[] = [];
  for (const run of turnsOfThisMinute<ActiveRun>(runs, ({ repository }) => repository, runsPerLook, clock)) {
    if (secondsBetween(startedAt, clock()) >= lookSeconds) break;
    await lookAtRun(run).catch((error: unknown) => {
      failures.push(error);
      log('a run could not be looked at', { run: run.id, reason: String(error) });
    });
  }
  if (failures.length > 0) throw failures[0];
};
