import { cleanLines } from '../foreign-text.ts';

const maximumLength = 2_000;

/** The last lines of a console, as text that may stand in an error. */
export const consoleTail = (text: string, lines = 15): string =>
  cleanLines(text).slice(-lines).join('\n').slice(-maximumLength).toWellFormed();
