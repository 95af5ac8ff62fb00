import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Problem, ProblemKind } from '../domain/api/problem.ts';
import { problemOf } from '../domain/api/problem-of-error.ts';
import { type ApiRequest, httpRequest } from './http-request.ts';
import type { Assemble } from './lambda.ts';
import type { Log } from './log.ts';
import type { Runtime } from './runtime.ts';

/** What a function answers, in the form that an HTTP API takes. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Respond = (request: ApiRequest) => Promise<HttpAnswer>;

const answer = (
  statusCode: number,
  contentType: string,
  document: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer => ({
  statusCode,
  headers: {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  },
  body: `${JSON.stringify(document, undefined, 2)}\n`,
});

/** An answer of JSON. */
export const jsonAnswer = (statusCode: number, document: unknown): HttpAnswer =>
  answer(statusCode, 'application/json', document);

const problemAnswer = ({ status, document, members }: Problem): HttpAnswer => {
  const { retryAfterSeconds, allow } = members;
  return answer(status, 'application/problem+json', document, {
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    ...(allow === undefined ? {} : { allow: allow.join(', ') }),
  });
};

/** What no caller can mend. */
const operators: ReadonlySet<ProblemKind> = new Set(['unexpected', 'credential-unusable']);

/** The caller's mistakes are logged as refusals; what is wrong on our side by its error's name. */
const logProblem = (log: Log, { status, kind, members, cause }: Problem): void => {
  const { rule, label } = members;
  log(operators.has(kind) ? 'failed' : 'refused', {
    status,
    kind,
    ...(rule === undefined ? {} : { rule }),
    ...(label === undefined ? {} : { label }),
    ...(cause instanceof Error ? { error: cause.name, reason: cause.message } : {}),
  });
};

/**
 * A function of the HTTP API: whatever goes wrong in it, its assembly included, becomes a problem document.
 * This stands inside the assembly, so that it is the same wherever the function runs.
 */
export const http =
  (assemble: (runtime: Runtime) => Respond): Assemble<APIGatewayProxyEventV2, HttpAnswer> =>
  (runtime) => {
    let respond: Respond | undefined;
    return async (event) => {
      try {
        respond ??= assemble(runtime);
        return await respond(httpRequest(event));
      } catch (error) {
        const problem = problemOf(error);
        logProblem(runtime.log, problem);
        return problemAnswer(problem);
      }
    };
  };
