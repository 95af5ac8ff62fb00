import { Octokit as Core } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { requestTimeoutMs } from '../aws/aws-connection.ts';
import type { GitHubConnection } from './github-connection.ts';
import { timedFetch } from './timed-fetch.ts';

/** GitHub's API by its routes: `@octokit/rest` would add a method for each of its thousand endpoints. */
const PaginatingOctokit = Core.plugin(paginateRest);

export type Octokit = InstanceType<typeof PaginatingOctokit>;

const silent = (): void => undefined;

/** Octokit logs failed requests itself unless told otherwise; our log has one line for each decision. */
export const octokitWith = ({ baseUrl, fetch }: GitHubConnection, auth?: string): Octokit =>
  new PaginatingOctokit({
    userAgent: 'stint',
    request: { fetch: fetch ?? timedFetch(globalThis.fetch, requestTimeoutMs) },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(auth === undefined ? {} : { auth }),
  });
