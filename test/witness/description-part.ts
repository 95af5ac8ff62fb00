import type { Json, JsonObject } from './openapi-description.ts';

/** What is kept of a description, by the names of its paths and of its webhooks. */
export interface Wanted {
  readonly paths: readonly RegExp[];
  readonly webhooks: readonly RegExp[];
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Words for people: nothing is checked by them. */
const prose = new Set(['description', 'summary', 'example', 'examples', 'externalDocs', 'x-github', 'tags']);

/** Names of properties are not keywords: one may be called `description`. */
const named = new Set(['properties', 'patternProperties', 'schemas', 'headers', 'responses', 'parameters']);

const withoutProse = (value: Json, areNames = false): Json => {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => areNames || !prose.has(key))
      .map(([key, inner]) => [key, withoutProse(inner, !areNames && named.has(key))]),
  );
};

const matching = (value: Json | undefined, wanted: readonly RegExp[]): JsonObject =>
  Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).filter(([key]) => wanted.some((one) => one.test(key))),
  );

const references = (value: Json): readonly string[] => [
  ...new Set(
    [...JSON.stringify(value).matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(([, path]) => String(path)),
  ),
];

/** Every component that the parts need, and those that these need in turn. */
const componentsOf = (components: JsonObject, parts: Json): JsonObject => {
  const kept: Record<string, Record<string, Json>> = {};
  const left = ['schemas/basic-error', ...references(parts)];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    const [kind = '', name = ''] = path.split('/');
    const group = components[kind];
    if (kept[kind]?.[name] !== undefined || !isObject(group)) continue;
    const component = withoutProse(group[name] ?? null);
    kept[kind] = { ...kept[kind], [name]: component };
    left.push(...references(component));
  }
  return kept;
};

/** The wanted paths and webhooks of an OpenAPI description with all that they refer to, without its prose. */
export const descriptionPart = (description: JsonObject, wanted: Wanted) => {
  const { components } = description;
  const paths = withoutProse(matching(description['paths'], wanted.paths), true);
  const webhooks = withoutProse(matching(description['x-webhooks'], wanted.webhooks), true);
  return {
    paths,
    'x-webhooks': webhooks,
    components: componentsOf(isObject(components) ? components : {}, [paths, webhooks]),
  };
};

/** JSON with one line for each entry down to the second level, so that a refresh can be read as a difference. */
export const linesOf = (value: Json, depth = 2): string => {
  if (depth === 0 || !isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, inner]) => `${JSON.stringify(key)}:${linesOf(inner, depth - 1)}`,
  );
  return `{\n${entries.join(',\n')}\n}${depth === 2 ? '\n' : ''}`;
};
