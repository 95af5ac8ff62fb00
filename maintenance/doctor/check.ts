import {
  AwsRefused,
  AwsUnavailable,
  CredentialUnusable,
  GitHubRefused,
  GitHubUnavailable,
} from '../../functions/domain/errors.ts';
import { type Finding, failed, skipped, type Verdict, warning } from '../finding.ts';

/** One thing that doctor looks at. It only reads. */
export interface Check {
  /** Two or three words, the first column of the report. */
  readonly subject: string;
  look(): Promise<readonly Verdict[]>;
}

/** A check needs what another has found to be missing; the message says what comes first. */
export class ComesFirst extends Error {
  override readonly name = 'ComesFirst';
}

/** What keeps a check from looking is a finding itself; a fault of ours is not, and is thrown. */
const hindrance = (error: unknown): Verdict => {
  if (error instanceof ComesFirst) return skipped(error.message);
  if (error instanceof AwsRefused)
    return warning(
      `cannot be looked at: ${error.message}`,
      'Give the credentials at hand the right to read it (the policy ReadOnlyAccess has it), or look yourself.',
    );
  if (error instanceof AwsUnavailable || error instanceof GitHubUnavailable)
    return warning(`no answer: ${error.message}`, 'Run doctor again in a minute.');
  if (error instanceof GitHubRefused || error instanceof CredentialUnusable)
    return failed(error.message, 'See docs/credentials.md for the credential that is needed.');
  throw error;
};

export interface Looked {
  readonly findings: readonly Finding[];
  /** Whether it could be looked at. */
  readonly isSeen: boolean;
}

/** What a check finds, under its subject. */
export const lookAt = async ({ subject, look }: Check): Promise<Looked> => {
  const under = (verdicts: readonly Verdict[]) => verdicts.map((verdict) => ({ ...verdict, subject }));
  try {
    return { findings: under(await look()), isSeen: true };
  } catch (error) {
    return { findings: under([hindrance(error)]), isSeen: false };
  }
};
