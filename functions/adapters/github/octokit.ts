import { Octokit } from '@octokit/rest';
import { requestTimeoutMs } from '../aws/aws-connection.ts';
import type { GitHubConnection } from './github-connection.ts';
import { timedFetch } from './timed-fetch.ts';

export type { Octokit };

const silent = (): void => undefined;

/** Octokit logs failed requests itself unless told otherwise; our log has one line for each decision. */
export const octokitWith = ({ baseUrl, fetch }: GitHubConnection, auth?: string): Octokit =>
  new Octokit({
    userAgent: 'stint',
    request: { fetch: fetch ?? timedFetch(globalThis.fetch, requestTimeoutMs) },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(auth === undefined ? {} : { auth }),
  });
