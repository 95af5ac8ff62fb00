import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { githubStatus, translateGitHubError } from '../../../functions/adapters/github/github-errors.ts';
import { octokitWith } from '../../../functions/adapters/github/octokit.ts';
import { GitHubRefused, GitHubUnavailable } from '../../../functions/domain/errors.ts';
import { now, type PassingTime, passingTime } from '../passing-time.ts';

let time: PassingTime;
beforeEach(() => {
  time = passingTime();
});
afterEach(() => time.end());

const reset = String(now.getTime() / 1_000 + 1_200);

/** What Octokit makes of an answer. */
const thrownFor = async (
  status: number,
  headers: Record<string, string> = {},
  message = 'no',
): Promise<unknown> => {
  const fetch = async () => Response.json({ message }, { status, headers });
  return octokitWith({ fetch })
    .request('GET /orgs/{org}/actions/runners', { org: 'a' })
    .catch((error: unknown) => error);
};
const translated = async (...answer: Parameters<typeof thrownFor>) =>
  translateGitHubError(await thrownFor(...answer), 'list runners');

describe('a limit of GitHub', () => {
  test.each([
    [
      'a secondary limit with its pause',
      403,
      { 'retry-after': '37', 'x-ratelimit-remaining': '4000', 'x-ratelimit-reset': reset },
      37,
    ],
    ['a secondary limit as 429', 429, { 'retry-after': '37' }, 37],
    ['the hourly limit', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }, 1_200],
    ['the hourly limit as 429', 429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }, 1_200],
    ['an hour that is over already', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }, 1],
    ['a limit without a word', 429, {}, 60],
  ])('is for a while: %s', async (_, status, headers, seconds) => {
    const error = await translated(status, headers);

    expect(error).toBeInstanceOf(GitHubUnavailable);
    expect(error).toMatchObject({ retryAfterSeconds: seconds });
  });

  test('that only its message tells is for a minute', async () => {
    const error = await translated(
      403,
      { 'x-ratelimit-remaining': '4000' },
      'You have exceeded a secondary rate limit.',
    );

    expect(error).toBeInstanceOf(GitHubUnavailable);
    expect(error).toMatchObject({ retryAfterSeconds: 60 });
  });
});

describe('a failure of GitHub', () => {
  test.each([500, 502, 503, 504])(
    'of %i is for a while, and the end of the hour is no time to wait for',
    async (status) => {
      const error = await translated(status, { 'x-ratelimit-remaining': '4000', 'x-ratelimit-reset': reset });

      expect(error).toBeInstanceOf(GitHubUnavailable);
      expect(error).toMatchObject({ retryAfterSeconds: undefined });
    },
  );

  test('that says when it is over is believed', async () => {
    expect(await translated(503, { 'retry-after': '120' })).toMatchObject({ retryAfterSeconds: 120 });
  });

  test('to answer at all is for a while, and has no status', async () => {
    const fetch = async () => {
      throw new TypeError('fetch failed');
    };
    const thrown = await octokitWith({ fetch })
      .request('GET /')
      .catch((error: unknown) => error);

    expect(githubStatus(thrown)).toBeUndefined();
    expect(translateGitHubError(thrown, 'list runners')).toBeInstanceOf(GitHubUnavailable);
  });

  test('that is none of Octokit is for a while', () => {
    expect(translateGitHubError(new Error('a mistake'), 'list runners')).toBeInstanceOf(GitHubUnavailable);
    expect(githubStatus('a mistake')).toBeUndefined();
  });
});

describe('a refusal of GitHub', () => {
  test.each([
    [401, /fill it again/],
    [403, /lacks the permission/],
    [404, /does not exist/],
    [409, /GitHub answered 409/],
    [422, /check the runner group/],
  ])('with %i is for good, and says what to do', async (status, advice) => {
    const error = await translated(status, { 'x-ratelimit-remaining': '4000' });

    expect(error).toBeInstanceOf(GitHubRefused);
    expect(error.message).toMatch(/^list runners: GitHub answered/);
    expect(error.message).toMatch(advice);
  });

  test('tells its status', async () => {
    expect(githubStatus(await thrownFor(422))).toBe(422);
  });
});
