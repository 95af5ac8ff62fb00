import { parseRunLabel } from '../../../functions/domain/admission/run-label.ts';
import type { ConsoleSettings, ShownJob, ShownLife } from '../console-state.ts';

export const labelsOf = ({ label, architecture }: ShownLife): readonly string[] => [
  label,
  `arch_${architecture}`,
];

const isMeantFor = ({ status, labels }: ShownJob, life: ShownLife): boolean =>
  status === 'queued' && labelsOf(life).every((label) => labels.includes(label));

export const isPastRun = ({ status }: ShownLife): boolean =>
  ['failed', 'destroying', 'destroyed'].includes(status);

/** The job that a life's runner has or had, or that waits for it: one runner takes one job. */
export const jobOf = (life: ShownLife, jobs: readonly ShownJob[]): ShownJob | undefined =>
  jobs.find((job) => job.life === life.name) ??
  (isPastRun(life) ? undefined : jobs.find((job) => isMeantFor(job, life)));

/** Whether a job that is queued for the life has a runner to hope for. */
export const takesJob = (life: ShownLife, jobs: readonly ShownJob[]): boolean =>
  !isPastRun(life) && jobOf(life, jobs) === undefined;

/** A life's status in one word: the API's, but `busy` while its runner has a job. */
export const statusWord = (life: ShownLife, job: ShownJob | undefined): string =>
  life.status === 'ready' && job?.status === 'in_progress' ? 'busy' : life.status;

/** The run that a life's label names, if it names one. */
export const runOfJob = ({ label }: ShownLife, { labelPrefix }: ConsoleSettings): number | undefined =>
  parseRunLabel(label, labelPrefix)?.runId;

/** The body of the control call that queues a job; of the first run that GitHub knows when it names none. */
export const newJob = (labels: readonly string[], minutes: number, runId: number | undefined) => ({
  ...(runId === undefined ? {} : { run_id: runId }),
  labels,
  duration_seconds: minutes * 60,
});
