import { maximumLabelLength } from '../../functions/domain/label.ts';
import { parseRunnerName } from '../../functions/domain/life/life.ts';
import { given } from '../control/fields.ts';
import type { FakeJob, FakeRunner } from '../github/runners.ts';
import type { ConsoleSettings, ConsoleState, ShownJob, ShownRegistration } from './console-state.ts';
import { shownLives } from './lives.ts';
import type { ShownCloud } from './shown-cloud.ts';

/** So many jobs are shown, the newest. */
const shownJobs = 60;

/** A variable that the stack sets for some of its functions, the same for all of them. */
const setting = ({ functions }: ShownCloud['stack'], name: string): string | undefined =>
  functions.map(({ environment }) => environment[name]).find((value) => value !== undefined);

/** What the stack's settings mean for the page's forms. */
export const consoleSettings = (stack: ShownCloud['stack']): ConsoleSettings => ({
  labelPrefix: setting(stack, 'LABEL_PREFIX') ?? '',
  maximumLabelLength,
  lifetimeMinutes: Number(setting(stack, 'LIFETIME_MINUTES') ?? 60),
});

const lifeOf = (runnerName: string | null, deployment: string): { readonly life?: string } =>
  given({ life: runnerName === null ? undefined : parseRunnerName(runnerName, deployment)?.life });

const shownRegistration = (runner: FakeRunner, deployment: string): ShownRegistration => ({
  id: runner.id,
  name: runner.name,
  isOnline: runner.isOnline,
  isBusy: runner.isShownBusy,
  labels: runner.labels,
  ...lifeOf(runner.name, deployment),
});

const shownJob = (job: FakeJob, deployment: string): ShownJob => ({
  id: job.id,
  runId: job.runId,
  labels: job.labels,
  status: job.status,
  conclusion: job.conclusion,
  runner: job.runnerName,
  durationSeconds: job.durationSeconds,
  ...lifeOf(job.runnerName, deployment),
  ...given({ startedAt: job.startedAt?.getTime(), endedAt: job.endedAt?.getTime() }),
});

/** The parts of the console's state that change: the whole of the cloud as it is now. */
export const readState = (cloud: ShownCloud): Omit<ConsoleState, 'settings' | 'drawings'> => {
  const { stack, github, schedules, faults, rations } = cloud;
  const deployment = setting(stack, 'DEPLOYMENT') ?? '';
  return {
    lives: shownLives(cloud),
    registrations: github.runners.map((runner) => shownRegistration(runner, deployment)),
    runs: github.runs.map(({ id, repository, runAttempt, status }) => ({
      id,
      repository,
      attempt: runAttempt,
      status,
    })),
    jobs: github.jobs
      .slice(-shownJobs)
      .toReversed()
      .map((job) => shownJob(job, deployment)),
    schedules: schedules.all.map(({ name, at }) => ({ name, at: at.getTime() })),
    faults: faults.active,
    rations: rations.report().map((use) => ({ ...use, tokens: Math.floor(use.tokens) })),
  };
};
