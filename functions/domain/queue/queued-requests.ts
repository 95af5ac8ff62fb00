import { parseRunLabel } from '../admission/run-label.ts';
import { type Architecture, architectureLabel, architectures } from '../architecture.ts';
import { labelProblem } from '../label.ts';
import type { CreateRequest } from '../request/runner-request.ts';
import type { RunAttempt } from '../workflow-run.ts';

/** A job that waits at GitHub for a runner which has all its labels. */
export interface QueuedJob {
  readonly id: number;
  readonly labels: readonly string[];
}

/** What a queued job asks for. */
interface WantedRunner {
  readonly label: string;
  readonly architecture: Architecture;
}

/** GitHub compares labels without regard to case, and the deployment's prefix has one spelling. */
const spelled = (label: string, prefix: string): string =>
  label.toLowerCase().startsWith(prefix.toLowerCase()) ? prefix + label.slice(prefix.length) : label;

/**
 * The runner that a job of the run waits for: its labels are exactly a label of the run, of this attempt or an earlier
 * one, and an architecture's. `undefined` for every other job: what a pull request can queue is never more than its own
 * run may have.
 */
export const wantedRunner = (
  { labels }: Pick<QueuedJob, 'labels'>,
  run: RunAttempt,
  prefix: string,
): WantedRunner | undefined => {
  const isOf = (architecture: Architecture) => (label: string) =>
    label.toLowerCase() === architectureLabel(architecture);
  const architecture = architectures.find((known) => labels.some(isOf(known)));
  if (architecture === undefined || labels.length !== 2) return undefined;
  const label = spelled(labels.find((other) => !isOf(architecture)(other)) ?? '', prefix);
  const named = labelProblem(label, prefix) === undefined ? parseRunLabel(label, prefix) : undefined;
  return named?.runId === run.id && named.attempt <= run.attempt ? { label, architecture } : undefined;
};

/** The creates that the queued jobs of a run are, one for each label. */
export const queuedRequests = (
  jobs: readonly QueuedJob[],
  run: RunAttempt,
  prefix: string,
): readonly CreateRequest[] => {
  const wanted = jobs.flatMap((job) => wantedRunner(job, run, prefix) ?? []);
  const byLabel = Map.groupBy(wanted, ({ label }) => label.toLowerCase());
  return [...byLabel.values()].flatMap((runners) => {
    const [first] = runners;
    if (first === undefined) return [];
    const asked = new Set(runners.map(({ architecture }) => architecture));
    return [
      {
        operation: 'create',
        label: first.label,
        architectures: architectures.filter((architecture) => asked.has(architecture)),
        run: { repository: run.repository, id: run.id },
      },
    ];
  });
};
