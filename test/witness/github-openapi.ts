import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { WireRequest, WireResponse } from '../../local/wire/wire.ts';
import {
  type DescribedOperation,
  type DescribedParameter,
  type GitHubDescription,
  githubDescription,
  type JsonObject,
} from './openapi-description.ts';

/** A request to GitHub, its path as GitHub itself gets it, and the answer. */
export interface GitHubExchange {
  readonly request: Pick<WireRequest, 'method' | 'path' | 'body'> & Partial<Pick<WireRequest, 'headers'>>;
  readonly response: Pick<WireResponse, 'status' | 'headers' | 'body'>;
}

/**
 * Statuses that any endpoint can answer with, whether its description names them or not
 * (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api).
 */
const isGeneral = (status: number): boolean => [401, 403, 404, 429].includes(status) || status >= 500;

const parse = (text: string): { readonly json: unknown } | undefined => {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

let loaded: GitHubDescription | undefined;

/** The description is read once: it has 13 MB. */
const description = (): GitHubDescription => {
  loaded ??= githubDescription();
  return loaded;
};

const validators = new Map<object, ValidateFunction>();

const ajvWith = (coerceTypes: boolean): Ajv => {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, coerceTypes });
  addFormats.default(ajv);
  return ajv;
};
const bodies = ajvWith(false);
const texts = ajvWith(true);

const problemsOf = (ajv: Ajv, schema: JsonObject, value: unknown): readonly string[] => {
  const validate = validators.get(schema) ?? ajv.compile(schema);
  validators.set(schema, validate);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message = '', params }) =>
        `${instancePath} ${message} ${JSON.stringify(params)}`.trim(),
      );
};

const deliverySchemas = new Map<string, JsonObject>();

const wrapped = new Map<JsonObject, JsonObject>();

/** A text from a path or a query, which has the described type once it is read. */
const textProblems = ({ name, schema }: DescribedParameter, text: string): readonly string[] => {
  const holder = wrapped.get(schema) ?? { type: 'object', properties: { value: schema } };
  wrapped.set(schema, holder);
  return problemsOf(texts, holder, { value: text }).map((problem) => `parameter ${name}: ${problem}`);
};

const pathProblems = ({ segments, parameters }: DescribedOperation, path: string): readonly string[] => {
  const given = path.split('/');
  return parameters
    .filter((parameter) => parameter.in === 'path')
    .flatMap((parameter) => {
      const text = given[segments.indexOf(`{${parameter.name}}`)];
      return text ? textProblems(parameter, text) : [`parameter ${parameter.name} is missing in the path`];
    });
};

const queryProblems = ({ parameters }: DescribedOperation, query: URLSearchParams): readonly string[] => {
  const described = parameters.filter((parameter) => parameter.in === 'query');
  const missing = described.filter(({ name, required }) => required && !query.has(name));
  const unknown = [...query.keys()].filter((name) => !described.some((parameter) => parameter.name === name));
  return [
    ...missing.map(({ name }) => `parameter ${name} is missing`),
    ...unknown.map((name) => `parameter ${name} is none of this operation`),
    ...described.flatMap((parameter) => {
      const text = query.get(parameter.name);
      return text === null ? [] : textProblems(parameter, text);
    }),
  ];
};

/** GitHub ignores fields that it does not know: one that is sent all the same is a mistake of ours. */
const unknownFields = ({ properties }: JsonObject, body: unknown): readonly string[] =>
  isRecord(body) && isRecord(properties)
    ? Object.keys(body)
        .filter((key) => !(key in properties))
        .map((key) => `field ${key} is none of the body`)
    : [];

const requestProblems = (operation: DescribedOperation, { path, body }: GitHubExchange['request']) => {
  const url = new URL(path, 'https://api.github.com');
  const { requestSchema } = operation;
  const parsed = body === '' ? undefined : parse(body);
  const bodyProblems =
    requestSchema === undefined
      ? body === ''
        ? []
        : ['a body where none is described']
      : [
          ...problemsOf(bodies, requestSchema, parsed?.json ?? {}),
          ...unknownFields(requestSchema, parsed?.json),
        ];
  return [
    ...pathProblems(operation, url.pathname),
    ...queryProblems(operation, url.searchParams),
    ...bodyProblems,
  ];
};

const generalProblems = ({ status, body }: GitHubExchange['response']): readonly string[] => {
  if (status >= 500) return [];
  const json = parse(body)?.json;
  const problems = problemsOf(bodies, basicError(), json);
  return isRecord(json) && typeof json['message'] === 'string' ? problems : [...problems, 'no message'];
};

let basic: JsonObject | undefined;
const basicError = (): JsonObject => {
  basic ??= description().schema('basic-error');
  return basic;
};

/** Any GET can be conditional, which is described for all of them at once (https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api). */
const isUnchanged = ({ request: { method, headers = {} }, response: { status } }: GitHubExchange): boolean =>
  status === 304 && method === 'GET' && headers['if-none-match'] !== undefined;

const responseProblems = ({ responses }: DescribedOperation, exchange: GitHubExchange): readonly string[] => {
  const { response } = exchange;
  const { status, headers, body } = response;
  if (isUnchanged(exchange)) return body === '' ? [] : [`status ${status} has no body`];
  if (!responses.has(String(status)))
    return isGeneral(status) ? generalProblems(response) : [`status ${status} is not described`];
  const schema = responses.get(String(status));
  if (schema === undefined) return body === '' ? [] : [`status ${status} has no body`];
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) return ['the answer is not JSON'];
  const parsed = parse(body);
  return parsed === undefined ? ['the answer cannot be parsed'] : problemsOf(bodies, schema, parsed.json);
};

/** What in the body of a delivery differs from GitHub's published description; empty when nothing does. */
export const deliveryProblems = (event: string, body: string): readonly string[] => {
  const json = parse(body)?.json;
  const action = isRecord(json) ? String(json['action']) : '';
  const schema = deliverySchemas.get(`${event} ${action}`) ?? description().delivery(event, action);
  if (schema === undefined) return [`GitHub describes no delivery of ${event} ${action}`];
  deliverySchemas.set(`${event} ${action}`, schema);
  return problemsOf(bodies, schema, json).map((problem) => `${event} ${action}: ${problem}`);
};

/** What in an exchange differs from GitHub's published description; empty when nothing does. */
export const openApiProblems = ({ request, response }: GitHubExchange): readonly string[] => {
  const { pathname } = new URL(request.path, 'https://api.github.com');
  const operation = description().operation(request.method, pathname);
  if (operation === undefined) return [`${request.method} ${pathname}: GitHub describes no such operation`];
  const at = `${operation.operationId} (${response.status})`;
  return [
    ...requestProblems(operation, request).map((problem) => `${at}: request: ${problem}`),
    ...responseProblems(operation, { request, response }).map((problem) => `${at}: answer: ${problem}`),
  ];
};
