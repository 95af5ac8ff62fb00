import { type JsonSchema, schemaNamed, textSchema } from './json-schema.ts';
import { type ProblemKind, problemKinds, problemType } from './problem.ts';

const problem: JsonSchema = {
  type: 'object',
  description: 'RFC 9457. The type is stable; title and detail are for people, and may be worded anew.',
  properties: {
    type: { type: 'string', enum: Object.keys(problemKinds).map((kind) => problemType(kind as ProblemKind)) },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: textSchema('What to change, or when to come back'),
    rule: textSchema('The rule of admission that refuses'),
    errors: {
      type: 'array',
      description: 'Every mistake of the request',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, detail: { type: 'string' } },
        required: ['field', 'detail'],
      },
    },
    runners: {
      type: 'array',
      description: 'What was started all the same; the same request later finds it',
      items: schemaNamed('RequestedRunner'),
    },
  },
  required: ['type', 'title', 'status', 'detail'],
};

/** What API Gateway answers by itself: its throttle, a body of megabytes, a function that did not answer. */
const gatewayRefusal: JsonSchema = {
  type: 'object',
  properties: { message: { type: 'string' } },
  required: ['message'],
};

export const problemSchemas: Readonly<Record<string, JsonSchema>> = {
  Problem: problem,
  GatewayRefusal: gatewayRefusal,
};

const retryAfter = { 'Retry-After': { description: 'Seconds', schema: { type: 'integer', minimum: 1 } } };

const kindsOf = (kinds: readonly ProblemKind[], status: number): readonly ProblemKind[] =>
  kinds.filter((kind) => problemKinds[kind].status === status);

const problemContent = (kinds: readonly ProblemKind[]): JsonSchema =>
  kinds.length === 0
    ? {}
    : {
        'application/problem+json': {
          schema: {
            allOf: [schemaNamed('Problem'), { properties: { type: { enum: kinds.map(problemType) } } }],
          },
        },
      };

/**
 * The statuses that API Gateway gives by itself, in a form of its own
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html).
 */
const gatewayStatuses: readonly number[] = [413, 429, 500, 503];

const response = (kinds: readonly ProblemKind[], status: number, isGateways: boolean): JsonSchema => {
  const own = kindsOf(kinds, status);
  const titles = own.map((kind) => problemKinds[kind].title);
  const isLater = own.length > 0 && (status === 429 || status === 503);
  return {
    description: titles.length > 0 ? titles.join('; or: ') : 'The endpoint has too much to do',
    ...(isLater ? { headers: retryAfter } : {}),
    content: {
      ...problemContent(own),
      ...(isGateways ? { 'application/json': { schema: schemaNamed('GatewayRefusal') } } : {}),
    },
  };
};

/** The refusals of an operation that can meet these kinds, by status; `hasBody` when it reads one. */
export const refusals = (
  kinds: readonly ProblemKind[],
  hasBody: boolean,
): Readonly<Record<string, JsonSchema>> => {
  const gateways = gatewayStatuses.filter((status) => hasBody || status !== 413);
  const statuses = new Set([...kinds.map((kind) => problemKinds[kind].status), ...gateways]);
  return Object.fromEntries(
    [...statuses].map((status) => [String(status), response(kinds, status, gateways.includes(status))]),
  );
};
