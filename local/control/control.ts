import type { Fault } from '../cloud/faults.ts';
import type { Site } from '../cloud/http-server.ts';
import { type HttpRequest, type HttpResponse, jsonResponse } from '../gateway/http-exchange.ts';
import {
  oneOf,
  optional,
  positiveNumber,
  readBody,
  recordOfTexts,
  text,
  texts,
  wholeNumber,
} from './fields.ts';
import { ControlProblem, problemResponse } from './problem.ts';
import type { JobSnapshot, Snapshot } from './snapshot.ts';

/** GitHub's statuses of a workflow run: https://docs.github.com/rest/actions/workflow-runs */
export const runStatuses = ['queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending'] as const;

export interface ControlledRun {
  readonly repository: string;
  readonly runId: number;
  readonly runAttempt: number;
  readonly status: (typeof runStatuses)[number];
}

export interface ControlledJob {
  readonly runId: number;
  readonly labels: readonly string[];
  readonly durationSeconds: number;
}

/** What the control calls can do to the simulated cloud. */
export interface ControlledCloud {
  /** The services in which faults can be planted. */
  readonly faultServices: readonly string[];
  snapshot(): Snapshot;
  /** Adds a run that GitHub knows, or changes it. */
  putRun(run: ControlledRun): void;
  queueJob(job: ControlledJob): JobSnapshot;
  addFault(fault: Fault): void;
  clearFaults(): void;
}

type Call = (cloud: ControlledCloud, request: HttpRequest) => HttpResponse;

/** The run that GitHub knows from the start, and that a job belongs to when it does not say. */
export const firstRun = 1001;

const errorCode = (value: unknown): string =>
  typeof value === 'number' ? String(wholeNumber(value)) : text(value);

const repository = (value: unknown): string => {
  if (!/^[\w.-]+\/[\w.-]+$/.test(text(value))) throw new Error('must be of the form owner/name');
  return text(value);
};

const postRun: Call = (cloud, { body }) => {
  const run = readBody(body, {
    repository,
    run_id: wholeNumber,
    run_attempt: optional(wholeNumber),
    status: oneOf(runStatuses),
  });
  const { run_id: runId, run_attempt: runAttempt = 1, status } = run;
  cloud.putRun({ repository: run.repository, runId, runAttempt, status });
  return jsonResponse(201, { ...run, run_attempt: runAttempt });
};

const postJob: Call = (cloud, { body }) => {
  const { run_id, labels, duration_seconds } = readBody(body, {
    run_id: optional(wholeNumber),
    labels: texts,
    duration_seconds: positiveNumber,
  });
  const job = { runId: run_id ?? firstRun, labels, durationSeconds: duration_seconds };
  return jsonResponse(201, cloud.queueJob(job));
};

const postFault: Call = (cloud, { body }) => {
  const {
    where,
    times,
    seconds,
    operation = '*',
    ...rest
  } = readBody(body, {
    service: oneOf(cloud.faultServices),
    operation: optional(text),
    error: errorCode,
    where: optional(recordOfTexts),
    times: optional(wholeNumber),
    seconds: optional(positiveNumber),
  });
  const fault = {
    ...rest,
    operation,
    ...(where === undefined ? {} : { where }),
    ...(times === undefined ? {} : { times }),
    ...(seconds === undefined ? {} : { seconds }),
  };
  cloud.addFault(fault);
  return jsonResponse(201, fault);
};

const deleteFaults: Call = (cloud) => {
  cloud.clearFaults();
  return { status: 204, headers: {}, body: '' };
};

const calls: Readonly<Record<string, Readonly<Record<string, Call>>>> = {
  '/_local/state': { GET: (cloud) => jsonResponse(200, cloud.snapshot()) },
  '/_local/runs': { POST: postRun },
  '/_local/jobs': { POST: postJob },
  '/_local/faults': { POST: postFault, DELETE: deleteFaults },
};

const perform = (cloud: ControlledCloud, request: HttpRequest): HttpResponse => {
  const [path = ''] = request.path.split('?');
  const methods = calls[path];
  if (methods === undefined)
    throw new ControlProblem(404, `There is no ${path}. There are: ${Object.keys(calls).join(', ')}.`);
  const call = methods[request.method];
  if (call === undefined)
    throw new ControlProblem(405, `${path} takes ${Object.keys(methods).join(' and ')}.`);
  return call(cloud, request);
};

/** The control calls under `/_local/`, which exist on one machine only. */
export const controlSite = (cloud: ControlledCloud): Site => ({
  takes: ({ path }) => path.startsWith('/_local/'),
  answer: async (request) => {
    try {
      return perform(cloud, request);
    } catch (error) {
      if (error instanceof ControlProblem) return problemResponse(error);
      throw error;
    }
  },
});
