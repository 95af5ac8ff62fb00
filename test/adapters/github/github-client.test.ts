import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { githubClient } from '../../../functions/adapters/github/github-client.ts';
import type {
  CredentialSource,
  GitHubCredential,
} from '../../../functions/adapters/github/github-credential.ts';
import { AwsUnavailable, CredentialUnusable, GitHubRefused } from '../../../functions/domain/errors.ts';
import { type PassingTime, passingTime } from '../passing-time.ts';
import { fakeGitHub, organization } from './fake-github.ts';

let time: PassingTime;
beforeEach(() => {
  time = passingTime();
});
afterEach(() => time.end());

const tokenOf = (token: string): GitHubCredential => ({ kind: 'token', token });
const [first, second] = [randomBytes(20).toString('hex'), randomBytes(20).toString('hex')] as const;

/** A source that gives one credential until it is told to forget it. */
const rotating = (...credentials: readonly [GitHubCredential, ...GitHubCredential[]]) => {
  let index = 0;
  let reads = 0;
  const source: CredentialSource = {
    read: async () => {
      reads += 1;
      return credentials[index] ?? credentials[0];
    },
    forget: () => {
      index = Math.min(index + 1, credentials.length - 1);
    },
  };
  return { source, reads: () => reads };
};

const clientWith = (source: CredentialSource, ...tokens: readonly string[]) => {
  const scene = fakeGitHub({ tokens: new Set(tokens) });
  const client = githubClient({ connection: scene.connection, target: organization, credential: source });
  const look = () =>
    client.call('look', (octokit) => octokit.request('GET /orgs/{org}/actions/runners', { org: 'a' }));
  return { ...scene, look };
};
const authorizations = ({ exchanges }: ReturnType<typeof clientWith>) =>
  exchanges.map(({ request }) => request.headers['authorization']);

describe('a call', () => {
  test('carries the token and says who asks', async () => {
    const scene = clientWith(rotating(tokenOf(first)).source, first);
    await scene.look();

    expect(scene.exchanges[0]?.request.headers).toMatchObject({
      authorization: `token ${first}`,
      'user-agent': expect.stringMatching(/^stint /),
      accept: 'application/vnd.github.v3+json',
    });
  });

  test("asks once: repeats are the state machine's", async () => {
    const scene = clientWith(rotating(tokenOf(first)).source, first);
    scene.faults.add({ service: 'github', operation: '*', error: '500', times: 9 });
    await scene.look().catch(() => undefined);

    expect(scene.exchanges).toHaveLength(1);
  });

  test('leaves errors of its own kind as they are', async () => {
    const failing = (error: Error): CredentialSource => ({
      read: () => Promise.reject(error),
      forget: () => undefined,
    });
    for (const error of [new CredentialUnusable('empty'), new AwsUnavailable('away')])
      await expect(clientWith(failing(error)).look()).rejects.toBe(error);
  });
});

describe('a token that GitHub refuses', () => {
  test('is forgotten, and the one that took its place is used at once', async () => {
    const scene = clientWith(rotating(tokenOf(first), tokenOf(second)).source, second);
    await expect(scene.look()).resolves.toMatchObject({ status: 200 });

    expect(authorizations(scene)).toEqual([`token ${first}`, `token ${second}`]);
  });

  test('and has no other in its place is tried once more, and then refused for good', async () => {
    const { source, reads } = rotating(tokenOf(first));
    const scene = clientWith(source);

    await expect(scene.look()).rejects.toThrow(GitHubRefused);
    expect(scene.exchanges).toHaveLength(2);
    expect(reads()).toBe(2);
  });

  test('for want of a permission is not read again', async () => {
    const { source, reads } = rotating(tokenOf(first));
    const scene = clientWith(source, first);
    scene.faults.add({ service: 'github', operation: '*', error: '403' });

    await expect(scene.look()).rejects.toThrow(GitHubRefused);
    expect(reads()).toBe(1);
  });

  test('in one call of several at a time does not harm the others', async () => {
    const scene = clientWith(rotating(tokenOf(first), tokenOf(second)).source, second);

    await expect(Promise.all([scene.look(), scene.look(), scene.look()])).resolves.toHaveLength(3);
  });
});
