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

/** A create that queued jobs are. */
export interface QueuedRequest {
  readonly request: CreateRequest;
  /** The jobs that wait for the label, by architecture: GitHub's ids. */
  readonly jobs: ReadonlyMap<Architecture, readonly number[]>;
}

interface WaitingJob extends WantedRunner {
  readonly id: number;
}

const requestOf = (waiting: readonly WaitingJob[], { label }: WaitingJob, run: RunAttempt): QueuedRequest => {
  const byArchitecture = Map.groupBy(waiting, ({ architecture }) => architecture);
  const jobs = new Map(
    [...byArchitecture].map(([architecture, ofIt]) => [architecture, ofIt.map(({ id }) => id)]),
  );
  const asked = architectures.filter((architecture) => jobs.has(architecture));
  const { repository, id } = run;
  return { request: { operation: 'create', label, architectures: asked, run: { repository, id } }, jobs };
};

const isPlain = (label: string, prefix: string): boolean =>
  parseRunLabel(label, prefix)?.suffix === undefined;

/** The creates that the queued jobs of a run are, one for each label; those of the run's own labels come first. */
export const queuedRequests = (
  jobs: readonly QueuedJob[],
  run: RunAttempt,
  prefix: string,
): readonly QueuedRequest[] => {
  const waiting = jobs.flatMap((job) => {
    const wanted = wantedRunner(job, run, prefix);
    return wanted === undefined ? [] : [{ id: job.id, ...wanted }];
  });
  const byLabel = [...Map.groupBy(waiting, ({ label }) => label.toLowerCase()).values()];
  const requests = byLabel.flatMap((ofLabel) =>
    ofLabel[0] === undefined ? [] : [requestOf(ofLabel, ofLabel[0], run)],
  );
  const [plain, others] = [true, false].map((wanted) =>
    requests.filter(({ request }) => isPlain(request.label, prefix) === wanted),
  );
  return [...(plain ?? []), ...(others ?? [])];
};
