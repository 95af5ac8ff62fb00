/** Controls, and marks that turn a text round, hide in it or break its lines; a tab and a line's end may stay. */
const controls = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]--[\t\n]]/gv;

/** What follows the escape character in a terminal's command: a colour, a move, a title. */
const afterEscape = /^(?:\[[0-?]*[ -/]*[@-~]|\][^\p{Cc}]*\p{Cc}?|[@-_])/u;

const withoutCommands = (text: string): string => {
  const [first = '', ...rest] = text.split('\u001b');
  return first + rest.map((piece) => piece.replace(afterEscape, '')).join('');
};

/** A line is what a terminal would show of it: what came after the last carriage return. */
const shownLines = (text: string): readonly string[] =>
  withoutCommands(text)
    .split('\n')
    .map((line) => line.trimEnd().split('\r').at(-1) ?? '')
    .map((line) => line.replaceAll(controls, ''))
    .filter((line) => line.trim() !== '');

/** Tokens of GitHub's, key ids of AWS's, and the beginning of everything that is JSON in base64. */
const tokens = /\b(?:gh[a-z]_|github_pat_|A[KS]IA|eyJ)[\w.+/=-]{8,}/g;
const hexadecimal = /\b[0-9a-f]{32,}\b/gi;
/** Long enough to be a key or a piece of one, and whatever follows it on lines of their own. */
const encoded = /[\w+/=-]{40,}(?:\n[\w+/=-]+(?=\n|$))*/g;

/** A path is as long, but is seldom of small and capital letters and digits. */
const isKeyLike = (run: string): boolean =>
  run.length >= 80 || (/[a-z]/.test(run) && /[A-Z]/.test(run) && /[0-9]/.test(run));

const withoutSecrets = (text: string): string =>
  text
    .replaceAll(encoded, (run) => (isKeyLike(run) ? '[cut]' : run))
    .replaceAll(tokens, '[cut]')
    .replaceAll(hexadecimal, '[cut]');

/**
 * The lines of a text that a machine or a service wrote, without anything that could be a secret, and without anything
 * that a terminal or a log would take for a command.
 */
export const cleanLines = (text: string): readonly string[] =>
  withoutSecrets(shownLines(text).join('\n')).split('\n');

/** The same text in one line of at most `maximumLength` characters. */
export const cleanSentence = (text: string, maximumLength: number): string =>
  cleanLines(text)
    .map((line) => line.trim())
    .join(' ')
    .trim()
    .slice(0, maximumLength)
    .toWellFormed();
