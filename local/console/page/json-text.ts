/** What fits into so many characters stands in one line. */
const lineLength = 54;

/** A text that is longer, and has no words, says nothing to a person: it is sealed, or a machine's. */
const longestText = 160;

const scalar = (value: unknown): string =>
  typeof value === 'string' && value.length > longestText && !value.includes(' ')
    ? JSON.stringify(`${value.slice(0, 48)}… (${value.length} characters)`)
    : (JSON.stringify(value) ?? 'null');

const membersOf = (value: object, indent: string): readonly string[] =>
  Array.isArray(value)
    ? value.map((item) => prettyJson(item, indent))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${prettyJson(item, indent)}`);

/** A value as JSON that a person can read: what is short in one line, the rest with a line for each member. */
export const prettyJson = (value: unknown, indent = ''): string => {
  if (typeof value !== 'object' || value === null) return scalar(value);
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const members = membersOf(value, inner);
  const space = Array.isArray(value) || members.length === 0 ? '' : ' ';
  const line = `${open}${space}${members.join(', ')}${space}${close}`;
  if (!line.includes('\n') && indent.length + line.length <= lineLength) return line;
  return `${open}\n${inner}${members.join(`,\n${inner}`)}\n${indent}${close}`;
};
