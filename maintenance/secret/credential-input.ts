import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { UsageInvalid } from '../command-line.ts';
import { NothingThere } from '../run-command.ts';

/** Where a command reads from when no file is named. */
export type Input = Readable & { readonly isTTY?: boolean };

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read by you',
};

const fileText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new NothingThere(`The file ${file} ${unreadable[String(code)] ?? `cannot be read (${code})`}.`);
  }
};

/**
 * The text of a file, or of the standard input for `-` or no name. Nobody types a secret into a terminal, which
 * shows and remembers it.
 */
export const inputText = async (file: string | undefined, stdin: Input): Promise<string> => {
  if (file !== undefined && file !== '-') return fileText(file);
  if (stdin.isTTY === true)
    throw new UsageInvalid('Give the credential in a file, or by a pipe: a terminal would show it.');
  return text(stdin);
};
