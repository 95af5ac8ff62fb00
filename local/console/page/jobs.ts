import { parseRunLabel } from '../../../functions/domain/admission/run-label.ts';
import type { ConsoleSettings, ShownJob, ShownLife } from '../console-state.ts';

const labelsOf = ({ label, architecture }: ShownLife): readonly string[] => [label, `arch_${architecture}`];

const isMeantFor = ({ status, labels }: ShownJob, life: ShownLife): boolean =>
  status === 'queued' && labelsOf(life).every((label) => labels.includes(label));

const isPast = ({ status }: ShownLife): boolean => ['failed', 'destroying', 'destroyed'].includes(status);

/** The job that a life's runner has or had, or that waits for it: one runner takes one job. */
export const jobOf = (life: ShownLife, jobs: readonly ShownJob[]): ShownJob | undefined =>
  jobs.find((job) => job.life === life.name) ??
  (isPast(life) ? undefined : jobs.find((job) => isMeantFor(job, life)));

/** Whether a job that is queued for the life has a runner to hope for. */
export const takesJob = (life: ShownLife, jobs: readonly ShownJob[]): boolean =>
  !isPast(life) && jobOf(life, jobs) === undefined;

/** The body of the control call that queues a job for a life, of the run that its label names, if it names one. */
export const newJob = (life: ShownLife, { labelPrefix }: ConsoleSettings, minutes: number) => {
  const run = parseRunLabel(life.label, labelPrefix);
  return {
    ...(run === undefined ? {} : { run_id: run.runId }),
    labels: labelsOf(life),
    duration_seconds: minutes * 60,
  };
};
