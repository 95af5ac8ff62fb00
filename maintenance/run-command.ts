import {
  AwsRefused,
  AwsUnavailable,
  CredentialUnusable,
  GitHubRefused,
  GitHubUnavailable,
} from '../functions/domain/errors.ts';
import { ConfigInvalid } from '../infra/read-config.ts';
import { UsageInvalid } from './command-line.ts';

export interface CommandOutput {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** There is nothing for the command to work on; the message says what comes first. */
export class NothingThere extends Error {
  override readonly name = 'NothingThere';
}

const expected = [
  ConfigInvalid,
  NothingThere,
  AwsRefused,
  AwsUnavailable,
  CredentialUnusable,
  GitHubRefused,
  GitHubUnavailable,
];

/** A file that cannot be read, and the like: Node's message says which. */
const isSystemError = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && 'syscall' in error && 'message' in error;

const isExpected = (error: unknown): error is Error =>
  isSystemError(error) || expected.some((Known) => error instanceof Known);

/**
 * Runs a command to its exit status. What a person can mend is one line; a fault of ours keeps its stack. 2 is a
 * command line that is not what the command takes.
 */
export const runCommand = async (
  usage: string,
  { complain }: CommandOutput,
  run: () => Promise<number>,
): Promise<number> => {
  try {
    return await run();
  } catch (error) {
    if (error instanceof UsageInvalid) {
      complain(`${error.message}\n\n${usage}`);
      return 2;
    }
    if (!isExpected(error)) throw error;
    complain(error.message);
    return 1;
  }
};
