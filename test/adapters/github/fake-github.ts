import { randomBytes } from 'node:crypto';
import { githubClient } from '../../../functions/adapters/github/github-client.ts';
import type { GitHubConnection, GitHubTarget } from '../../../functions/adapters/github/github-connection.ts';
import type { GitHubCredential } from '../../../functions/adapters/github/github-credential.ts';
import type { FakeApp } from '../../../local/github/access.ts';
import { githubService } from '../../../local/github/protocol.ts';
import { GitHub, type GitHubOptions } from '../../../local/github/state.ts';
import { FaultPlan } from '../../../local/wire/faults.ts';
import { createFrontDoor, type WireExchange } from '../../../local/wire/front-door.ts';
import { inProcessFetch } from '../../../local/wire/in-process-github.ts';
import { openApiProblems } from '../../witness/github-openapi.ts';

/** A token of a person's, made anew in each test file. */
export const personToken = randomBytes(20).toString('hex');

export const organization: GitHubTarget = { kind: 'organization', organization: 'rr-debugger' };
export const repository: GitHubTarget = { kind: 'repository', owner: 'rr-debugger', repository: 'rr' };
export const bothTargets = [
  ['an organisation', organization],
  ['a repository', repository],
] as const;

export interface GitHubScene extends GitHubOptions {
  readonly target?: GitHubTarget;
  readonly credential?: GitHubCredential;
  /** Tokens of people that GitHub takes. */
  readonly tokens?: Set<string>;
  readonly app?: FakeApp;
}

/** GitHub alone behind the front door, every exchange held to GitHub's published description. */
export const fakeGitHub = ({ target = organization, app, ...scene }: GitHubScene = {}) => {
  const {
    credential = { kind: 'token', token: personToken },
    tokens = new Set([personToken]),
    ...options
  } = scene;
  const github = new GitHub(options);
  const faults = new FaultPlan();
  const exchanges: WireExchange[] = [];
  const service = githubService({
    github,
    tokens,
    runnerGroupIds: [1, 5],
    ...(app === undefined ? {} : { app }),
  });
  const door = createFrontDoor({
    services: [service],
    faults,
    onExchange: (exchange) => exchanges.push(exchange),
  });
  const connection: GitHubConnection = { fetch: inProcessFetch(door.send) };
  const source = { read: async () => credential, forget: () => undefined };
  return {
    github,
    faults,
    tokens,
    door,
    connection,
    client: githubClient({ connection, target, credential: source }),
    exchanges,
    /** The method and path of each request, as GitHub got it. */
    asked: () => exchanges.map(({ request }) => `${request.method} ${request.path}`),
    /** The JSON body of the n-th request. */
    sent: (n = 0) => JSON.parse(exchanges[n]?.request.body || 'null') as unknown,
    /** What differs from GitHub's description in all that was asked and answered. */
    problems: () => exchanges.flatMap(openApiProblems),
    /** Registers runners without asking the API. */
    registered: (...names: readonly string[]): readonly number[] =>
      names.map((name) => github.register(name, ['a-label', 'arch_x86_64'])?.runner.id ?? 0),
  };
};

export type FakeGitHubScene = ReturnType<typeof fakeGitHub>;
