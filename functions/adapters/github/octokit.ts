import { Octokit } from '@octokit/rest';
import { requestTimeoutMs } from '../aws/aws-connection.ts';
import type { GitHubConnection } from './github-connection.ts';

export type { Octokit };

const silent = (): void => undefined;

/**
 * A `fetch` that gives up after so many milliseconds, and that fails when a body breaks off: Octokit by itself
 * takes what came of it, and a list that broke off for an empty one.
 */
export const timedFetch =
  (fetch: typeof globalThis.fetch, timeoutMs: number): typeof globalThis.fetch =>
  async (input, init) => {
    const response = await fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    await response.clone().arrayBuffer();
    return response;
  };

/** Octokit logs failed requests itself unless told otherwise; our log has one line for each decision. */
export const octokitWith = ({ baseUrl, fetch }: GitHubConnection, auth?: string): Octokit =>
  new Octokit({
    userAgent: 'stint',
    request: { fetch: fetch ?? timedFetch(globalThis.fetch, requestTimeoutMs) },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(auth === undefined ? {} : { auth }),
  });
