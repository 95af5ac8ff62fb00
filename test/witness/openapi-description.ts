import { readFileSync } from 'node:fs';

/** JSON of an OpenAPI 3.0 description, as far as it is read here. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface DescribedParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: JsonObject;
}

export interface DescribedOperation {
  readonly operationId: string;
  readonly method: string;
  /** The path's segments; a `{parameter}` stands for any one. */
  readonly segments: readonly string[];
  readonly parameters: readonly DescribedParameter[];
  /** JSON Schema; absent when the operation takes no body. */
  readonly requestSchema?: JsonObject;
  /** JSON Schema for each status, `undefined` when the answer has no body. */
  readonly responses: ReadonlyMap<string, JsonObject | undefined>;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const objectAt = (value: Json | undefined, ...path: readonly string[]): JsonObject | undefined => {
  const found = path.reduce<Json | undefined>(
    (inner, key) => (isObject(inner) ? inner[key] : undefined),
    value,
  );
  return isObject(found) ? found : undefined;
};

/** The part of it that is kept here: `npm run github-description` makes it. */
const load = (): JsonObject =>
  JSON.parse(readFileSync(new URL('github-description.json', import.meta.url), 'utf8')) as JsonObject;

/** Paths of as many segments under the same first one, among which a path is looked for. */
const groupOf = (segments: readonly string[]): string => `${segments.length} ${segments[1] ?? ''}`;

/** OpenAPI 3.0 says `nullable` where JSON Schema has the type `null`. */
const nullable = ({ nullable: isNullable, ...schema }: JsonObject): JsonObject =>
  isNullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;

/** GitHub's description of its REST API. Only what is asked for is resolved and converted. */
export const githubDescription = () => {
  const description = load();
  const paths = Map.groupBy(
    Object.entries(objectAt(description, 'paths') ?? {}).map(
      ([path, methods]) => [path.split('/'), methods] as const,
    ),
    ([template]) => groupOf(template),
  );
  const operations = new Map<string, DescribedOperation>();

  const dereferenced = (value: Json | undefined): JsonObject | undefined => {
    if (!isObject(value)) return undefined;
    const { $ref } = value;
    return typeof $ref === 'string'
      ? dereferenced(objectAt(description, ...$ref.slice(2).split('/')))
      : value;
  };

  const toJsonSchema = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(toJsonSchema);
    const schema = dereferenced(value);
    if (schema === undefined) return value;
    const { example: _, examples: __, ...rest } = schema;
    return nullable(
      Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, toJsonSchema(inner)])),
    );
  };

  const schemaOf = (content: Json | undefined): JsonObject | undefined => {
    const schema = objectAt(content, 'content', 'application/json', 'schema');
    const converted = schema === undefined ? undefined : toJsonSchema(schema);
    return isObject(converted) ? converted : undefined;
  };

  const parameterOf = (value: Json): DescribedParameter => {
    const { name, in: place, required, schema } = dereferenced(value) ?? {};
    return {
      name: String(name),
      in: place as DescribedParameter['in'],
      required: required === true,
      schema: toJsonSchema(schema ?? {}) as JsonObject,
    };
  };

  const operationOf = (
    method: string,
    segments: readonly string[],
    described: JsonObject,
  ): DescribedOperation => {
    const { operationId, parameters, requestBody, responses } = described;
    const requestSchema = schemaOf(dereferenced(requestBody));
    return {
      operationId: String(operationId),
      method,
      segments,
      parameters: (Array.isArray(parameters) ? parameters : []).map(parameterOf),
      ...(requestSchema === undefined ? {} : { requestSchema }),
      responses: new Map(
        Object.entries(isObject(responses) ? responses : {}).map(([status, response]) => [
          status,
          schemaOf(dereferenced(response)),
        ]),
      ),
    };
  };

  const matches = (template: readonly string[], path: readonly string[]): boolean =>
    template.length === path.length &&
    template.every((segment, index) => segment.startsWith('{') || segment === path[index]);

  const literals = (template: readonly string[]): number =>
    template.filter((segment) => !segment.startsWith('{')).length;

  return {
    /** The operation of a method and a path without its query; `undefined` when GitHub describes none. */
    operation: (method: string, path: string): DescribedOperation | undefined => {
      const segments = path.split('/');
      const [best] = (paths.get(groupOf(segments)) ?? [])
        .filter(
          ([template, methods]) => matches(template, segments) && objectAt(methods, method.toLowerCase()),
        )
        .toSorted(([a], [b]) => literals(b) - literals(a));
      const described = objectAt(best?.[1], method.toLowerCase());
      if (best === undefined || described === undefined) return undefined;
      const known = operations.get(String(described['operationId']));
      const operation = known ?? operationOf(method, best[0], described);
      operations.set(operation.operationId, operation);
      return operation;
    },
    /** The body of an event's delivery with an action, as JSON Schema; `undefined` when GitHub describes none. */
    delivery: (event: string, action: string): JsonObject | undefined =>
      schemaOf(
        objectAt(description, 'x-webhooks', `${event}-${action}`.replaceAll('_', '-'), 'post', 'requestBody'),
      ),
    /** A schema of the description's components, as JSON Schema. */
    schema: (name: string): JsonObject =>
      toJsonSchema(objectAt(description, 'components', 'schemas', name) ?? {}) as JsonObject,
  };
};

export type GitHubDescription = ReturnType<typeof githubDescription>;
