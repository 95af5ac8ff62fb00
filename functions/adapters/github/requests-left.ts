import type { RequestsLeft } from '../../domain/admission/github-reserve.ts';
import { githubHeaders } from './github-errors.ts';
import type { Octokit } from './octokit.ts';

type Headers = Readonly<Record<string, string | number | undefined>>;

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit */
const requestsLeftIn = (headers: Headers): RequestsLeft | undefined => {
  const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN);
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  return Number.isInteger(remaining) && Number.isFinite(reset)
    ? { remaining, resetAt: new Date(reset * 1_000) }
    : undefined;
};

/** Tells what every answer of GitHub's, a refusal too, says of the requests that are left of the hour. */
export const heedRequestsLeft = (octokit: Octokit, heed: (left: RequestsLeft) => void): Octokit => {
  const read = (headers: Headers): void => {
    const left = requestsLeftIn(headers);
    if (left !== undefined) heed(left);
  };
  octokit.hook.wrap('request', async (request, options) => {
    try {
      const answer = await request(options);
      read(answer.headers);
      return answer;
    } catch (error) {
      read(githubHeaders(error));
      throw error;
    }
  });
  return octokit;
};
