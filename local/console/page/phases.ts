import type { Moment, ShownJob, ShownLife } from '../console-state.ts';

/** A stretch of a life: getting ready, waiting for a job, running it, going away. */
export interface Phase {
  readonly kind: 'launch' | 'idle' | 'job' | 'end';
  readonly from: Moment;
  readonly to: Moment;
}

const last = (moments: readonly (Moment | undefined)[]): Moment | undefined => {
  const known = moments.filter((moment) => moment !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
};

/** When the machine of the life began to end; `undefined` while it has one or waits for one. */
const endedAt = ({ instances, executions }: ShownLife): Moment | undefined => {
  const [provision] = executions;
  const isLaunching = provision?.status === 'RUNNING';
  const hasMachine = instances.some((instance) => instance.endedAt === undefined);
  if (isLaunching || hasMachine) return undefined;
  return last(instances.map((instance) => instance.endedAt)) ?? provision?.stoppedAt;
};

/** When nothing more happened to the life; `undefined` while something does. */
const overAt = ({ executions, isOver }: ShownLife): Moment | undefined =>
  isOver ? last(executions.map(({ stoppedAt }) => stoppedAt)) : undefined;

/** The stretches of a life up to now, in their order; the job lies over the waiting. */
export const phasesOf = (life: ShownLife, job: ShownJob | undefined, now: Moment): readonly Phase[] => {
  const end = endedAt(life) ?? now;
  const ready = Math.min(life.readyAt ?? end, end);
  const phases: readonly Phase[] = [
    { kind: 'launch', from: life.requestedAt, to: ready },
    { kind: 'idle', from: ready, to: end },
    ...(job?.startedAt === undefined
      ? []
      : [{ kind: 'job' as const, from: job.startedAt, to: Math.min(job.endedAt ?? now, end) }]),
    { kind: 'end', from: end, to: overAt(life) ?? now },
  ];
  return phases.filter(({ from, to }) => to > from);
};
