import { invalidRequest } from './problem.ts';

/** Strings, punctuation, and whatever else stands between them, in JSON that is known to be well-formed. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g;

/** Keys that stand twice in the same object: `JSON.parse` would take the last one and say nothing. */
const repeatedKeys = (json: string): readonly string[] => {
  const repeated = new Set<string>();
  const open: Set<string>[] = [];
  let text = '';
  for (const [token] of json.matchAll(tokens)) {
    const keys = open.at(-1);
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (token !== ':') text = token;
    else {
      const key: string = JSON.parse(text);
      if (keys?.has(key)) repeated.add(key);
      keys?.add(key);
    }
  }
  return [...repeated];
};

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    throw invalidRequest([{ field: 'body', detail: 'must be well-formed JSON' }]);
  }
};

/** A field's name as it came from a caller, fit for a message: quoted and cut unless it is a plain one. */
export const fieldName = (name: string): string => {
  if (/^\w{1,40}$/.test(name)) return name;
  return JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name);
};

/** The one JSON object that a body must be, each of its keys given once; throws a Problem. */
export const parseJsonObject = (json: string): Readonly<Record<string, unknown>> => {
  if (json.trim() === '')
    throw invalidRequest([{ field: 'body', detail: 'must be a JSON object, and is empty' }]);
  const value = parsed(json);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalidRequest([{ field: 'body', detail: 'must be a JSON object' }]);
  const repeated = repeatedKeys(json);
  if (repeated.length > 0)
    throw invalidRequest(
      repeated.map((key) => ({ field: fieldName(key), detail: 'must be given only once' })),
    );
  return value as Readonly<Record<string, unknown>>;
};
