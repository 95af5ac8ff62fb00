import type { Octokit } from '@octokit/rest';
import { githubStatus } from './github-errors.ts';

type Answer = Awaited<ReturnType<Octokit['request']>>;

/** Answers are of at most a hundred runners, jobs or runs each. */
const mostRemembered = 40;

/**
 * A 304 says how much of the hour is left, and nothing of the body or the next page. Octokit's pagination takes the
 * body that it gets apart, so each caller gets one of its own.
 */
const refreshed = (known: Answer, { response }: { readonly response?: Answer }): Answer => ({
  ...structuredClone(known),
  headers: { ...known.headers, ...response?.headers },
});

/**
 * Makes the client ask for what has changed: a GET that was answered before carries its answer's ETag, and GitHub's 304
 * costs nothing of the hour's requests
 * (https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate).
 * An ETag belongs to the token that got it, and so the answers are remembered with the client, which has one token.
 */
export const conditionalRequests = (octokit: Octokit): Octokit => {
  const remembered = new Map<string, Answer>();
  const remember = (address: string, answer: Answer): void => {
    remembered.delete(address);
    remembered.set(address, answer);
    const [oldest] = remembered.keys();
    if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
  };
  octokit.hook.wrap('request', async (request, options) => {
    if (options.method !== 'GET') return request(options);
    const { url: address } = octokit.request.endpoint(options);
    const known = remembered.get(address);
    // A hook hands the same options on, whatever it calls the request with.
    if (known?.headers.etag !== undefined) options.headers['if-none-match'] = known.headers.etag;
    try {
      const answer = await request(options);
      if (answer.headers.etag !== undefined) remember(address, structuredClone(answer));
      return answer;
    } catch (error) {
      if (known === undefined || githubStatus(error) !== 304) throw error;
      return refreshed(known, error as { readonly response?: Answer });
    }
  });
  return octokit;
};
