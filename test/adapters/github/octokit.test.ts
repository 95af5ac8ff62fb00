import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { githubClient } from '../../../functions/adapters/github/github-client.ts';
import { githubRegistrationLister } from '../../../functions/adapters/github/github-registrations.ts';
import { timedFetch } from '../../../functions/adapters/github/octokit.ts';
import { GitHubUnavailable } from '../../../functions/domain/errors.ts';
import { organization } from './fake-github.ts';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
});

const serve = async (answer: (response: ServerResponse) => void): Promise<string> => {
  const listening = createServer((_, response) => answer(response));
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
};

const client = (url: string, fetch?: typeof globalThis.fetch) =>
  githubClient({
    connection: { baseUrl: url, ...(fetch === undefined ? {} : { fetch }) },
    target: organization,
    credential: { read: async () => ({ kind: 'token', token: 'any' }), forget: () => undefined },
  });
const ask = (url: string, fetch?: typeof globalThis.fetch) =>
  client(url, fetch).call('look', (octokit) => octokit.request('GET /'));

test('a request that hangs is given up, and is unavailable', async () => {
  const url = await serve(() => undefined);
  await expect(ask(url, timedFetch(globalThis.fetch, 100))).rejects.toThrow(GitHubUnavailable);
});

test('so is an answer whose body never ends', async () => {
  const url = await serve((response) => response.write('{"message":'));
  await expect(ask(url, timedFetch(globalThis.fetch, 100))).rejects.toThrow(GitHubUnavailable);
});

test('a list that breaks off is not an empty list', async () => {
  const url = await serve((response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '900' });
    response.write('{"total_count":1,"runners":[{"id":');
    setTimeout(() => response.destroy(), 50);
  });
  const lister = githubRegistrationLister(client(url, timedFetch(globalThis.fetch, 5_000)));

  await expect(lister.all()).rejects.toThrow(GitHubUnavailable);
});

test('a whole answer is what it was, an empty one too', async () => {
  const url = await serve((response) => response.writeHead(204).end());
  await expect(ask(url, timedFetch(globalThis.fetch, 5_000))).resolves.toMatchObject({ status: 204 });
});

test('GitHub is asked with a time-out unless a test answers', async () => {
  const real = globalThis.fetch;
  const signals: unknown[] = [];
  globalThis.fetch = async (_, init) => {
    signals.push(init?.signal);
    return Response.json({});
  };
  try {
    await ask('https://api.github.com');
  } finally {
    globalThis.fetch = real;
  }
  expect(signals).toEqual([expect.any(AbortSignal)]);
});
