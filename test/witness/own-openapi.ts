import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../../functions/domain/api/openapi-document.ts';
import type { ApiSettings } from '../../functions/domain/api/openapi-requests.ts';
import { environmentOf } from '../../functions/runtime/environment.ts';
import type { Stack } from '../../local/template/stack.ts';

/** An answer of the API, and what it answers. */
export interface OwnExchange {
  readonly method: string;
  readonly path: string;
  readonly requestBody?: object;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type Json = Readonly<Record<string, unknown>>;

interface Response {
  readonly headers?: Json;
  readonly content: Readonly<Record<string, { readonly schema: Json }>>;
}

interface Operation {
  readonly requestBody?: {
    readonly content: Readonly<
      Record<
        string,
        { readonly schema: Json; readonly examples: Readonly<Record<string, { value: object }>> }
      >
    >;
  };
  readonly responses: Readonly<Record<string, Response>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The document promises no field that it does not describe, so a test takes what it does not describe for a mistake. */
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (!isRecord(schema)) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return schema['type'] === 'object' && 'properties' in schema
    ? { additionalProperties: false, ...inner }
    : inner;
};

const compiled = (settings: ApiSettings) => {
  const document = openApiDocument(settings, 'https://stint.example') as unknown as Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'https://stint.example/openapi', ...(closed(document) as Json) });

  const validatorOf = (...path: readonly string[]) => {
    const pointer = path.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
    const validate = ajv.getSchema(`https://stint.example/openapi#/${pointer.join('/')}`);
    if (validate === undefined) throw new Error(`The document has no ${path.join(' ')}`);
    return (value: unknown): readonly string[] =>
      validate(value)
        ? []
        : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };

  const pathOf = (path: string): string | undefined =>
    Object.keys(document.paths).find((template) =>
      new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+').replaceAll('.', String.raw`\.`)}$`).test(path),
    );

  const operationOf = (method: string, path: string) => {
    const template = pathOf(path);
    const operation = template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()];
    return template === undefined || operation === undefined ? undefined : { template, operation };
  };

  return {
    document,
    validatorOf,
    operationOf,
    /** What is wrong with a body of `POST /runners`. */
    requestProblems: validatorOf(
      'paths',
      '/runners',
      'post',
      'requestBody',
      'content',
      'application/json',
      'schema',
    ),
  };
};

const known = new Map<string, ReturnType<typeof compiled>>();

/** The document's operations and schemas, to judge requests and answers by. */
export const ownApi = (settings: ApiSettings): ReturnType<typeof compiled> => {
  const key = JSON.stringify(settings);
  const api = known.get(key) ?? compiled(settings);
  known.set(key, api);
  return api;
};

/** The settings by which a stack's functions make the document. */
export const apiSettingsOf = ({ functions }: Stack): ApiSettings => {
  const environment = functions.find(({ stem }) => stem === 'describe-api')?.environment ?? {};
  return environmentOf(environment).settings('labelPrefix', 'admissionMode', 'classes');
};

const contentType = ({ headers }: OwnExchange): string => headers['content-type']?.split(';')[0] ?? '';

/** Holds exchanges to the document, and remembers which of its answers have occurred. */
export const ownWitness = (settings: ApiSettings, seen: Set<string>) => {
  const api = ownApi(settings);
  const problems = new Set<string>();

  const answerProblems = (exchange: OwnExchange): readonly string[] => {
    const found = api.operationOf(exchange.method, exchange.path);
    const type = contentType(exchange);
    if (found === undefined) return api.validatorOf('components', 'schemas', 'Problem')(exchange.body);
    const { template, operation } = found;
    const response = operation.responses[String(exchange.status)];
    if (response?.content[type] === undefined) return [`has no ${exchange.status} of ${type}`];
    seen.add(`${exchange.method} ${template} ${exchange.status} ${type}`);
    const missing = Object.keys(response.headers ?? {})
      .filter(() => type === 'application/problem+json')
      .filter((name) => exchange.headers[name.toLowerCase()] === undefined);
    return [
      ...missing.map((name) => `has no header ${name}`),
      ...api.validatorOf(
        'paths',
        template,
        exchange.method.toLowerCase(),
        'responses',
        String(exchange.status),
        'content',
        type,
        'schema',
      )(exchange.body),
    ];
  };

  /** What is answered with 202 was asked for as the document says, and what it does not take is refused. */
  const requestProblems = ({ method, requestBody, status }: OwnExchange): readonly string[] => {
    if (method !== 'POST' || requestBody === undefined) return [];
    const wrong = api.requestProblems(requestBody);
    if (status === 202) return wrong;
    return status === 400 && wrong.length === 0 ? ['is refused as malformed, and the document takes it'] : [];
  };

  return {
    onExchange: (exchange: OwnExchange): void => {
      const { method, path, status } = exchange;
      for (const problem of [...answerProblems(exchange), ...requestProblems(exchange)])
        problems.add(`${method} ${path} ${status}: ${problem}`);
    },
    /** Throws when anything differed. */
    requireAgreement: (): void => {
      if (problems.size > 0)
        throw new Error(`This is not what /openapi.json says:\n${[...problems].toSorted().join('\n')}`);
    },
  };
};
