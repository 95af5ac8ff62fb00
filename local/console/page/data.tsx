import type { ComponentChildren } from 'preact';
import { prettyJson } from './json-text.ts';

/** One token of JSON at a time: a key, another string, a literal or a number, or what stands in between. */
const tokens =
  /("(?:[^"\\]|\\.)*"(?=\s*:))|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/g;

const kinds = ['key', 'string', 'value'] as const;

const coloured = (json: string): ComponentChildren[] => {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const match of json.matchAll(tokens)) {
    parts.push(json.slice(from, match.index));
    const kind = kinds.find((_, index) => match[index + 1] !== undefined);
    parts.push(<span class={`json-${kind}`}>{match[0]}</span>);
    from = match.index + match[0].length;
  }
  return [...parts, json.slice(from)];
};

/** A value as JSON that a person can read. */
export const Data = ({ value }: { readonly value: unknown }) => (
  <pre class="data">{coloured(prettyJson(value))}</pre>
);
