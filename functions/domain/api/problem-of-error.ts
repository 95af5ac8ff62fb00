import { AwsUnavailable, CredentialUnusable, GitHubRefused, GitHubUnavailable } from '../errors.ts';
import { Problem, type ProblemMembers } from './problem.ts';

const away = (service: string, retryAfterSeconds: number, cause: unknown): Problem =>
  new Problem(
    'dependency-unavailable',
    `${service} does not answer at present. Send the same request again in ${retryAfterSeconds} seconds: it is harmless.`,
    { retryAfterSeconds, cause },
  );

/** A credential that was put in its place takes effect within this time, without a deployment. */
const credentialSeconds = 300;

/** Where the credential stands and who can mend it, and nothing of what stands there. */
const credentialProblem = (what: string, cause: unknown): Problem =>
  new Problem(
    'credential-unusable',
    `${what} Nobody gets a runner meanwhile. The operator of this deployment finds the secret by the stack's output ` +
      'GitHubSecretArn, learns from "npm run doctor" what is wrong with it, and fills it with "npm run fill-secret". ' +
      `The same request may be sent again in ${credentialSeconds} seconds: it is harmless.`,
    { retryAfterSeconds: credentialSeconds, cause },
  );

const translated = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof AwsUnavailable) return away('AWS', 10, error);
  if (error instanceof GitHubUnavailable) return away('GitHub', error.retryAfterSeconds ?? 30, error);
  if (error instanceof CredentialUnusable)
    return credentialProblem('The GitHub credential of this deployment cannot be used.', error);
  if (error instanceof GitHubRefused)
    return credentialProblem('GitHub refuses the credential of this deployment.', error);
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
