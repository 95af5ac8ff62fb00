import { invalidRequest, type Mistake } from '../api/problem.ts';
import { parseJsonObject } from '../api/strict-json.ts';
import { isRepository } from '../workflow-run.ts';

/**
 * A job's delivery has some 20 KB, and more only by the names of its steps; GitHub itself sends up to 25 MB of other
 * events (https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap).
 */
export const maximumDeliveryBytes = 256 * 1024;

/**
 * What GitHub tells of a job of a workflow
 * (https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_job).
 */
export interface JobEvent {
  /** GitHub's word, which may be one that nothing is done by. */
  readonly action: string;
  readonly jobId: number;
  readonly runId: number;
  readonly attempt: number;
  readonly labels: readonly string[];
  /** The registered name of the runner that has, or had, the job; absent for one that never had any. */
  readonly runnerName?: string;
  /** GitHub's word for how the job ended. */
  readonly conclusion?: string;
  /** `owner/name`. */
  readonly repository: string;
  /** Where the App is installed that delivers; absent for a repository's or an organisation's own webhook. */
  readonly installationId?: number;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

const isText = (value: unknown): value is string => typeof value === 'string';

const isId = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

const isNamed = (value: unknown): value is string => isText(value) && value !== '';

/** A delivery is in GitHub's own words: what is wrong with it is a change at GitHub, or another sender. */
const mistakesIn = (body: Fields, job: Fields, repository: Fields): readonly Mistake[] => {
  const tests: readonly (readonly [field: string, isRight: boolean, detail: string])[] = [
    ['action', isText(body['action']), 'must be a text'],
    ['workflow_job.id', isId(job['id']), 'must be a positive whole number'],
    ['workflow_job.run_id', isId(job['run_id']), 'must be a positive whole number'],
    ['workflow_job.run_attempt', isId(job['run_attempt']), 'must be a positive whole number'],
    ['workflow_job.labels', Array.isArray(job['labels']), 'must be a list'],
    ['repository.full_name', isRepository(repository['full_name']), 'must be owner/name'],
  ];
  return tests.filter(([, isRight]) => !isRight).map(([field, , detail]) => ({ field, detail }));
};

/** Reads the body of a `workflow_job` delivery; throws a Problem that names every mistake. Fields that GitHub adds do not matter. */
export const parseJobEvent = (json: string): JobEvent => {
  const body = parseJsonObject(json);
  const [job, repository] = [fieldsOf(body['workflow_job']), fieldsOf(body['repository'])];
  const mistakes = mistakesIn(body, job, repository);
  if (mistakes.length > 0) throw invalidRequest(mistakes);
  const { id: installationId } = fieldsOf(body['installation']);
  const { runner_name: runnerName, conclusion } = job;
  return {
    action: body['action'] as string,
    jobId: job['id'] as number,
    runId: job['run_id'] as number,
    attempt: job['run_attempt'] as number,
    // GitHub's description has null among them.
    labels: (job['labels'] as readonly unknown[]).filter(isText),
    repository: repository['full_name'] as string,
    ...(isNamed(runnerName) ? { runnerName } : {}),
    ...(isText(conclusion) ? { conclusion } : {}),
    ...(isId(installationId) ? { installationId } : {}),
  };
};
