import { maximumLabelLength } from '../../functions/domain/label.ts';
import { parseRunnerName } from '../../functions/domain/life/life.ts';
import { given } from '../control/fields.ts';
import type { FakeJob, FakeRunner } from '../github/runners.ts';
import type {
  ConsoleSettings,
  ConsoleState,
  ShownAlarm,
  ShownJob,
  ShownRegistration,
} from './console-state.ts';
import { shownLives } from './lives.ts';
import type { ShownCloud } from './shown-cloud.ts';

/** So many jobs that are over are shown, the newest; of those that are not, all. */
const shownPastJobs = 100;

/** A variable that the stack sets for some of its functions, the same for all of them. */
const setting = ({ functions }: ShownCloud['stack'], name: string): string | undefined =>
  functions.map(({ environment }) => environment[name]).find((value) => value !== undefined);

const admissionParameterOf = (stack: ShownCloud['stack']): string =>
  setting(stack, 'ADMISSION_SWITCH_PARAMETER') ?? '';

/** What the page's forms need to know of the stack. */
export const consoleSettings = ({ stack, control }: ShownCloud): ConsoleSettings => ({
  labelPrefix: setting(stack, 'LABEL_PREFIX') ?? '',
  maximumLabelLength,
  faultServices: control.faultServices,
  admissionParameter: admissionParameterOf(stack),
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

const shownJobs = (jobs: readonly FakeJob[], deployment: string): readonly ShownJob[] => {
  const past = new Set(jobs.filter(({ status }) => status === 'completed').slice(0, -shownPastJobs));
  return jobs
    .filter((job) => !past.has(job))
    .toReversed()
    .map((job) => shownJob(job, deployment));
};

const shownAlarms = ({ stack, cloudWatch }: ShownCloud): readonly ShownAlarm[] =>
  stack.alarms.map((alarm) => ({
    name: alarm.name,
    state: cloudWatch.stateOf(alarm.name),
    metric: alarm.metricName,
    value: cloudWatch.values(alarm, alarm.periodSeconds).reduce((sum, value) => sum + value, 0),
    threshold: alarm.threshold,
    periodSeconds: alarm.periodSeconds,
  }));

/** The parts of the console's state that change: the whole of the cloud as it is now. */
export const readState = (cloud: ShownCloud): Omit<ConsoleState, 'settings' | 'drawings' | 'logCount'> => {
  const { stack, github, schedules, faults, parameters, rations } = cloud;
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
    jobs: shownJobs(github.jobs, deployment),
    schedules: schedules.all.map(({ name, at }) => ({ name, at: at.getTime() })),
    faults: faults.active,
    rations: rations.report().map((use) => ({ ...use, tokens: Math.floor(use.tokens) })),
    admission: parameters.get(admissionParameterOf(stack)) ?? 'open',
    alarms: shownAlarms(cloud),
  };
};
