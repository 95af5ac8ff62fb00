import { AwsUnavailable, GitHubUnavailable } from '../errors.ts';
import { Problem, type ProblemMembers } from './problem.ts';

const away = (service: string, retryAfterSeconds: number, cause: unknown): Problem =>
  new Problem(
    'dependency-unavailable',
    `${service} does not answer at present. Send the same request again in ${retryAfterSeconds} seconds: it is harmless.`,
    { retryAfterSeconds, cause },
  );

const translated = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof AwsUnavailable) return away('AWS', 10, error);
  if (error instanceof GitHubUnavailable) return away('GitHub', error.retryAfterSeconds ?? 30, error);
  return new Problem(
    'unexpected',
    'The request could not be answered, and the fault is not yours. Send it again; if this repeats, tell the operator of this deployment, who finds the error in the log.',
    { cause: error },
  );
};

/** What a caller is told of an error, never its message, which is the operator's; and what else is known. */
export const problemOf = (error: unknown, known: ProblemMembers = {}): Problem => {
  const { kind, message, members, cause } = translated(error);
  return new Problem(kind, message, { ...members, ...known, cause });
};
