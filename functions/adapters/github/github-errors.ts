import { GitHubRefused, GitHubUnavailable } from '../../domain/errors.ts';

interface Answered {
  readonly status: number;
  readonly message: string;
  readonly response?: {
    readonly headers: Readonly<Record<string, string | number | undefined>>;
    readonly data?: unknown;
  };
}

const isAnswered = (error: unknown): error is Answered =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' && 'response' in error;

/** The status of GitHub's answer, `undefined` when there was none. */
export const githubStatus = (error: unknown): number | undefined =>
  isAnswered(error) && error.response !== undefined ? error.status : undefined;

/** The headers of GitHub's answer; none when there was no answer. */
export const githubHeaders = (error: unknown): Readonly<Record<string, string | number | undefined>> =>
  isAnswered(error) ? (error.response?.headers ?? {}) : {};

const header = ({ response }: Answered, name: string): string | undefined => {
  const value = response?.headers[name];
  return value === undefined ? undefined : String(value);
};

/** Nothing is left of the hour's requests. */
const isUsedUp = (error: Answered): boolean => header(error, 'x-ratelimit-remaining') === '0';

/**
 * GitHub's two limits answer 403 or 429: the hourly one with nothing left, the secondary one with `retry-after`,
 * or with no more than its message, after which a minute is to be waited
 * (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit).
 */
const isLimited = (error: Answered): boolean =>
  error.status === 429 ||
  (error.status === 403 &&
    (header(error, 'retry-after') !== undefined ||
      isUsedUp(error) ||
      /secondary rate limit/i.test(error.message)));

const secondaryLimitSeconds = 60;

/** When to come back. Every answer says when the hour ends, which matters only when nothing is left of it. */
const retryAfterSeconds = (error: Answered): number | undefined => {
  const seconds = Number(header(error, 'retry-after'));
  if (Number.isFinite(seconds)) return seconds;
  const reset = Number(header(error, 'x-ratelimit-reset'));
  if (isUsedUp(error) && Number.isFinite(reset)) return Math.max(1, Math.ceil(reset - Date.now() / 1_000));
  return isLimited(error) ? secondaryLimitSeconds : undefined;
};

const advice: Readonly<Record<number, string>> = {
  401: 'The credential in the GitHub secret is not valid any more: fill it again.',
  403: 'The credential lacks the permission for self-hosted runners, or the runner group is not its own.',
  404: 'The target or the runner group does not exist, or the credential may not see it.',
  422: 'GitHub does not take the request: check the runner group.',
};

/** The domain's error for an error of Octokit's. `what` is the call, for whoever reads it. */
export const translateGitHubError = (error: unknown, what: string): Error => {
  if (!isAnswered(error) || error.response === undefined)
    return new GitHubUnavailable(`${what}: GitHub gave no answer`, { cause: error });
  const text = `${what}: GitHub answered ${error.status}`;
  if (error.status >= 500 || isLimited(error)) {
    const seconds = retryAfterSeconds(error);
    const after = seconds === undefined ? {} : { retryAfterSeconds: seconds };
    return new GitHubUnavailable(text, { cause: error, ...after });
  }
  return new GitHubRefused(`${text}. ${advice[error.status] ?? ''}`.trim(), { cause: error });
};
