import { GitHubRefused, GitHubUnavailable } from '../../domain/errors.ts';
import { githubSentence } from './github-sentence.ts';

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

/** What to do, where GitHub's own sentence does not say it. */
const advice: Readonly<Record<number, string>> = {
  401: 'The credential in the GitHub secret is not valid: fill it again.',
  404: 'The target or the runner group does not exist, or the credential may not see it.',
};

/** What GitHub says of every refusal of its kind, and nobody can act on. */
const saysNothing: Readonly<Record<number, RegExp>> = {
  403: /^Resource not accessible by/,
  422: /^(Invalid request|Validation Failed|Unprocessable Entity)\.?( \(|$)/,
};

const guesses: Readonly<Record<number, string>> = {
  403: 'The credential lacks the permission for self-hosted runners, or the runner group is not its own.',
  422: 'GitHub does not take the request: check the runner group.',
};

/** Advice that cannot be wrong, and a guess only where GitHub has not said why. */
const adviceOn = (status: number, said: string | undefined): string => {
  const isSaid = said !== undefined && saysNothing[status]?.test(said) !== true;
  return advice[status] ?? (isSaid ? '' : (guesses[status] ?? ''));
};

const clockTime = (date: Date): string => `${date.toISOString().slice(11, 16)} UTC`;

/** When a limit is over, which is all that somebody can do about it: wait until then. */
const untilWhen = (error: Answered, seconds: number | undefined): string =>
  isLimited(error) && seconds !== undefined
    ? `The limit lasts until ${clockTime(new Date(Date.now() + seconds * 1_000))}.`
    : '';

const told = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

/** The domain's error for an error of Octokit's, in GitHub's own words. `what` is the call, for whoever reads it. */
export const translateGitHubError = (error: unknown, what: string): Error => {
  if (!isAnswered(error) || error.response === undefined)
    return new GitHubUnavailable(`${what}: GitHub gave no answer`, { cause: error });
  const { status, response } = error;
  const said = githubSentence(response.data);
  const text = `${what}: GitHub answered ${status}${said === undefined ? '.' : `: ${said}`}`;
  if (status >= 500 || isLimited(error)) {
    const seconds = retryAfterSeconds(error);
    const after = seconds === undefined ? {} : { retryAfterSeconds: seconds };
    return new GitHubUnavailable(told(text, untilWhen(error, seconds)), { cause: error, ...after });
  }
  return new GitHubRefused(told(text, adviceOn(status, said)), { cause: error });
};
