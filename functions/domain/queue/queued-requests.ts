import { parseRunLabel } from '../admission/run-label.ts';
import { type Architecture, architectureLabel, architectures } from '../architecture.ts';
import { labelProblem } from '../label.ts';
import { ofClass } from '../life/provision-input.ts';
import { classOfLabel, defaultClass, type MachineClasses } from '../machine-class.ts';
import type { CreateRequest } from '../request/runner-request.ts';
import type { RunAttempt } from '../workflow-run.ts';

/** A job that waits at GitHub for a runner which has all its labels. */
export interface QueuedJob {
  readonly id: number;
  readonly labels: readonly string[];
}

/** The jobs of an attempt, as far as a look reads them. */
export interface AttemptJobs {
  readonly queued: readonly QueuedJob[];
  /** The registered names of the runners that have, or had, one of the others. */
  readonly runnerNames: readonly string[];
  /** Whether these are all of its jobs. */
  readonly isWhole: boolean;
}

/** What a queued job asks for. */
interface WantedRunner {
  readonly label: string;
  readonly architecture: Architecture;
  /** Absent for the default one. */
  readonly class?: string;
}

/** GitHub compares labels without regard to case, and the deployment's prefix has one spelling. */
const spelled = (label: string, prefix: string): string =>
  label.toLowerCase().startsWith(prefix.toLowerCase()) ? prefix + label.slice(prefix.length) : label;

/** What the labels of this deployment's runners begin with, and the classes that it has. */
export interface QueueSettings {
  readonly labelPrefix: string;
  readonly classes: MachineClasses;
}

/** Runners of the default class have no label of it, and so a job with one waits for no runner of ours. */
const isServed = (name: string, classes: MachineClasses): boolean =>
  name !== defaultClass && Object.hasOwn(classes, name);

/**
 * The runner that a job of the run waits for: its labels are exactly a label of the run, of this attempt or an earlier
 * one, an architecture's, and a class's or none. `undefined` for every other job: what a pull request can queue is never
 * more than its own run may have.
 */
export const wantedRunner = (
  { labels }: Pick<QueuedJob, 'labels'>,
  run: RunAttempt,
  { labelPrefix, classes }: QueueSettings,
): WantedRunner | undefined => {
  const isOf = (architecture: Architecture) => (label: string) =>
    label.toLowerCase() === architectureLabel(architecture);
  const architecture = architectures.find((known) => labels.some(isOf(known)));
  const names = labels.flatMap((label) => classOfLabel(label) ?? []);
  if (architecture === undefined || names.length > 1 || labels.length !== 2 + names.length) return undefined;
  if (!names.every((name) => isServed(name, classes))) return undefined;
  const own = labels.find((other) => !isOf(architecture)(other) && classOfLabel(other) === undefined) ?? '';
  const label = spelled(own, labelPrefix);
  const named =
    labelProblem(label, labelPrefix) === undefined ? parseRunLabel(label, labelPrefix) : undefined;
  return named?.runId === run.id && named.attempt <= run.attempt
    ? { label, architecture, ...ofClass(names[0]) }
    : undefined;
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

const requestOf = (
  waiting: readonly WaitingJob[],
  { label, class: name }: WaitingJob,
  run: RunAttempt,
): QueuedRequest => {
  const byArchitecture = Map.groupBy(waiting, ({ architecture }) => architecture);
  const jobs = new Map(
    [...byArchitecture].map(([architecture, ofIt]) => [architecture, ofIt.map(({ id }) => id)]),
  );
  const asked = architectures.filter((architecture) => jobs.has(architecture));
  const { repository, id } = run;
  return {
    request: { operation: 'create', label, architectures: asked, run: { repository, id }, ...ofClass(name) },
    jobs,
  };
};

const isPlain = (label: string, prefix: string): boolean =>
  parseRunLabel(label, prefix)?.suffix === undefined;

/** The creates that the queued jobs of a run are, one for each label and class; those of the run's own labels come first. */
export const queuedRequests = (
  jobs: readonly QueuedJob[],
  run: RunAttempt,
  settings: QueueSettings,
): readonly QueuedRequest[] => {
  const waiting = jobs.flatMap((job) => {
    const wanted = wantedRunner(job, run, settings);
    return wanted === undefined ? [] : [{ id: job.id, ...wanted }];
  });
  const byLabel = [
    ...Map.groupBy(waiting, (one) => `${one.label} ${one.class ?? ''}`.toLowerCase()).values(),
  ];
  const requests = byLabel.flatMap((ofLabel) =>
    ofLabel[0] === undefined ? [] : [requestOf(ofLabel, ofLabel[0], run)],
  );
  const [plain, others] = [true, false].map((wanted) =>
    requests.filter(({ request }) => isPlain(request.label, settings.labelPrefix) === wanted),
  );
  return [...(plain ?? []), ...(others ?? [])];
};
