import { jsonResponse } from '../wire/http-exchange.ts';
import { type Call, firstRun, runStatuses } from './controlled-cloud.ts';
import { oneOf, optional, positiveNumber, readBody, texts, textValue, wholeNumber } from './fields.ts';

const repository = (value: unknown): string => {
  if (!/^[\w.-]+\/[\w.-]+$/.test(textValue(value))) throw new Error('must be of the form owner/name');
  return textValue(value);
};

/** Adds a workflow run that GitHub knows, or changes it. */
export const postRun: Call = (cloud, { body }) => {
  const run = readBody(body, {
    repository,
    run_id: wholeNumber,
    run_attempt: optional(wholeNumber),
    status: oneOf(runStatuses),
    head_repository: optional(repository),
  });
  const { run_id: runId, run_attempt: runAttempt = 1, status, head_repository: head } = run;
  cloud.putRun({
    repository: run.repository,
    runId,
    runAttempt,
    status,
    ...(head === undefined ? {} : { headRepository: head }),
  });
  return jsonResponse(201, { ...run, run_attempt: runAttempt });
};

/** Queues a job at GitHub. */
export const postJob: Call = (cloud, { body }) => {
  const { run_id, labels, duration_seconds } = readBody(body, {
    run_id: optional(wholeNumber),
    labels: texts,
    duration_seconds: positiveNumber,
  });
  const job = { runId: run_id ?? firstRun, labels, durationSeconds: duration_seconds };
  return jsonResponse(201, cloud.queueJob(job));
};
