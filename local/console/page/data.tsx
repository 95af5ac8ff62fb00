import type { ComponentChildren } from 'preact';

/** One token of JSON at a time: a key, another string, a literal or a number, or what stands in between. */
const tokens =
  /("(?:[^"\\]|\\.)*"(?=\s*:))|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/g;

const kinds = ['key', 'string', 'value'] as const;

/** A text that is longer says nothing to a person: it is sealed, or a machine's. */
const longestText = 160;

const shortened = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && value.length > longestText && !value.includes(' ')
    ? `${value.slice(0, 48)}… (${value.length} characters)`
    : value;

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
  <pre class="data">{coloured(JSON.stringify(value, shortened, 2) ?? 'nothing')}</pre>
);

/** Data that unfolds. */
export const Fold = ({
  title,
  value,
  isOpen = false,
}: {
  readonly title: string;
  readonly value: unknown;
  readonly isOpen?: boolean;
}) => (
  <details class="fold" open={isOpen}>
    <summary>{title}</summary>
    <Data value={value} />
  </details>
);
