import { destroyStarter } from './adapters/aws/destroy-executions.ts';
import { provisionReader, provisionStarter } from './adapters/aws/provision-executions.ts';
import { jsonText } from './domain/api/json-body.ts';
import { problemOf } from './domain/api/problem-of-error.ts';
import {
  type CreateOutcome,
  type CreatePorts,
  type CreateSettings,
  createRunners,
} from './domain/request/create-runners.ts';
import { type DestroyRunnersPorts, destroyRunners } from './domain/request/destroy-runners.ts';
import {
  type CreateRequest,
  type DestroyRequest,
  parseRunnerRequest,
} from './domain/request/runner-request.ts';
import { admissionOf } from './runtime/admission.ts';
import { type HttpAnswer, http, jsonAnswer, type Respond } from './runtime/http.ts';
import type { ApiRequest } from './runtime/http-request.ts';
import { lambda } from './runtime/lambda.ts';
import type { Log } from './runtime/log.ts';
import { measureOf } from './runtime/metrics.ts';
import { countingRefusals } from './runtime/refusal-metrics.ts';
import { changesItems, deletesItems, listsItems, putsItems } from './runtime/table.ts';
import { tellingOf } from './runtime/telling.ts';

export type RequestRunnersPorts = CreatePorts & DestroyRunnersPorts & { readonly log: Log };

export interface RequestRunnersSettings extends CreateSettings {
  readonly deployment: string;
}

const logCreated = (log: Log, { lives, failures }: CreateOutcome, by: string): void => {
  for (const { life, status, isNew } of lives)
    log(isNew ? 'admitted' : 'answered with an existing life', { life, status, by });
  for (const failure of failures) log('a start failed', { reason: String(failure) });
};

/** What was started is told even when something else was not. */
const create = async (
  ports: RequestRunnersPorts,
  settings: RequestRunnersSettings,
  request: CreateRequest,
  root: string,
): Promise<HttpAnswer> => {
  const { label } = request;
  const outcome = await createRunners(
    ports,
    settings,
  )(request).catch((error: unknown) => {
    throw problemOf(error, { label });
  });
  logCreated(ports.log, outcome, request.run?.repository ?? 'anonymous');
  const runners = outcome.lives.map(({ life, architecture, status, deadline }) => ({
    name: life,
    architecture,
    status,
    deadline,
    status_url: `${root}/runners/${label}`,
  }));
  if (outcome.failures.length > 0) throw problemOf(outcome.failures[0], { label, runners });
  return jsonAnswer(202, { label, runners });
};

const destroy = async (
  ports: RequestRunnersPorts,
  { deployment }: RequestRunnersSettings,
  request: DestroyRequest,
): Promise<HttpAnswer> => {
  const lives = await destroyRunners(ports, deployment)(request);
  for (const { life, outcome } of lives) ports.log('destroy asked for', { life, destroy: outcome });
  return jsonAnswer(202, { runners: lives.map(({ life }) => ({ name: life, status: 'destroying' })) });
};

/** Answers a request for runners, or for their end. Throws a Problem that names every mistake. */
export const requestRunners =
  (ports: RequestRunnersPorts, settings: RequestRunnersSettings): Respond =>
  async ({ body, contentType, root }: ApiRequest) => {
    const request = parseRunnerRequest(jsonText(body, contentType), settings);
    return request.operation === 'create'
      ? create(ports, settings, request, root)
      : destroy(ports, settings, request);
  };

export const assemble = http((runtime) => {
  const { aws, clock, log, settings } = runtime;
  const { provisionStateMachineArn, destroyStateMachineArn, ...own } = settings(
    'deployment',
    'labelPrefix',
    'classes',
    'minimumMinutes',
    'provisionStateMachineArn',
    'destroyStateMachineArn',
  );
  const ports: RequestRunnersPorts = {
    table: {
      ...listsItems(runtime),
      ...putsItems(runtime),
      ...changesItems(runtime),
      ...deletesItems(runtime),
    },
    starter: provisionStarter(aws, provisionStateMachineArn),
    provisions: provisionReader(aws, provisionStateMachineArn),
    destroys: destroyStarter(aws, destroyStateMachineArn),
    admission: admissionOf(runtime),
    token: () => crypto.randomUUID(),
    tell: tellingOf(runtime),
    clock,
    log,
  };
  return countingRefusals(measureOf(runtime), requestRunners(ports, own));
});

export const handler = lambda(assemble);
