import { parseRunnerName } from '../life/life.ts';
import { lifeKey, readLifeItem } from '../life/life-item.ts';
import { runOf } from '../life/provision-input.ts';
import type { ItemLister } from '../table.ts';
import type { RunAttempt } from '../workflow-run.ts';
import type { JobEvent } from './job-event.ts';

/** What is told of a life that a job of another run has. */
export const robbedNews = {
  status: 'destroying',
  reason: 'A job of another run has taken it. A job of its own run that waits gets another one.',
} as const;

/** A run whose runner a job of another run has got: GitHub gives a job to whoever has its labels. */
export interface RobbedRun extends RunAttempt {
  /** The life that was made for the run. */
  readonly life: string;
}

/**
 * The run for which the job's runner was made, when that is not the job's own; `undefined` when it is, or when the
 * runner is none of the deployment's, or its life is not the label's newest any more. Throws AwsUnavailable or
 * AwsRefused.
 */
export const robbedRun =
  ({ list }: ItemLister, deployment: string) =>
  async ({ runnerName = '', runId }: JobEvent): Promise<RobbedRun | undefined> => {
    const life = parseRunnerName(runnerName, deployment)?.life;
    const key = life === undefined ? undefined : lifeKey(life);
    if (life === undefined || key === undefined) return undefined;
    const items = (await list(key.pk)).flatMap((item) => readLifeItem(item) ?? []);
    const item = items.find((one) => one.life === life);
    const run = item === undefined ? undefined : runOf(JSON.parse(item.input));
    return run === undefined || run.id === runId ? undefined : { ...run, life };
  };
