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
/** What Octokit makes of an error with this body. */
const thrownBy = (body: unknown, status: number): Promise<unknown> => {
  const fetch = async () =>
    typeof body === 'string' ? new Response(body, { status }) : Response.json(body ?? null, { status });
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
    [401, /fill it again/, 'Bad credentials'],
    [403, /lacks the permission/, 'Resource not accessible by integration'],
    [404, /does not exist/, 'Not Found'],
    [409, /GitHub answered 409: Already exists/, 'Already exists'],
    [422, /check the runner group/, 'Validation Failed'],
  ])('with %i is for good, and says what to do', async (status, advice, message) => {
    const error = await translated(status, { 'x-ratelimit-remaining': '4000' }, message);

    expect(error).toBeInstanceOf(GitHubRefused);
    expect(error.message).toMatch(/^list runners: GitHub answered/);
    expect(error.message).toMatch(advice);
  });

  test('tells its status', async () => {
    expect(githubStatus(await thrownFor(422))).toBe(422);
  });

  test.each<[number, object, string]>([
    [403, { message: 'Repository level self-hosted runners are disabled.' }, 'runners are disabled.'],
    [403, { message: 'The organization has an IP allow list enabled.' }, 'an IP allow list enabled.'],
    [
      422,
      { message: 'Invalid request.', errors: ['The group is for selected workflows.'] },
      'selected workflows.',
    ],
    [422, { message: 'Validation Failed', errors: [{ message: 'The group is full' }] }, 'The group is full.'],
  ])('with %i is told in GitHub’s own words, and nothing is guessed', async (status, body, said) => {
    const { message } = translateGitHubError(await thrownBy(body, status), 'generate-jitconfig');

    expect(message).toMatch(new RegExp(`^generate-jitconfig: GitHub answered ${status}: `));
    expect(message).toContain(said);
    expect(message).not.toMatch(/permission|check the runner group/);
  });

  test('names the field that GitHub names, and its page', async () => {
    const body = {
      message: 'Validation Failed',
      errors: [{ resource: 'Runner', field: 'runner_group_id', code: 'missing' }],
      documentation_url: 'https://docs.github.com/rest/actions/self-hosted-runners',
    };
    const { message } = translateGitHubError(await thrownBy(body, 422), 'generate-jitconfig');

    expect(message).toBe(
      'generate-jitconfig: GitHub answered 422: Validation Failed. Runner runner_group_id missing. ' +
        '(https://docs.github.com/rest/actions/self-hosted-runners)',
    );
  });

  test('is foreign text: without commands for a terminal, secrets, or an end', async () => {
    const token = ['ghs', '0123456789abcdefghij'].join('_');
    const body = { message: `\u001b[31mNo\u001b[0m\r\n${token}\u202e ${'very '.repeat(2_000)}long` };
    const { message } = translateGitHubError(await thrownBy(body, 403), 'get run');

    expect(message).toMatch(/^get run: GitHub answered 403: No \[cut\] very very/);
    expect(message.length).toBeLessThan(600);
  });

  test.each([
    ['a page', '<html>no</html>'],
    ['nothing', undefined],
    ['a list', []],
    ['a number', { message: 7 }],
  ])('whose body is %s says nothing itself', async (_, body) => {
    const { message } = translateGitHubError(await thrownBy(body, 409), 'get run');
    expect(message).toBe('get run: GitHub answered 409.');
  });
});

describe('a limit', () => {
  test('is told with the time at which it ends', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    const { message } = await translated(403, headers, 'API rate limit exceeded for installation.');
    const until = new Date(now.getTime() + 1_200_000).toISOString().slice(11, 16);

    expect(message).toBe(
      `list runners: GitHub answered 403: API rate limit exceeded for installation. The limit lasts until ${until} UTC.`,
    );
  });
});
