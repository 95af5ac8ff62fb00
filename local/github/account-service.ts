import type { CloudService, WireRequest, WireResponse } from '../wire/wire.ts';
import type { AccountRoute } from './account-route.ts';
import { accountRoutes } from './account-routes.ts';
import type { GitHubAccount, Level, Permissions } from './github-account.ts';
import { problem } from './github-answer.ts';

interface Found {
  readonly route: AccountRoute;
  readonly match: readonly string[];
}

const pathnameOf = ({ path }: WireRequest): string => new URL(path, 'https://api.github.com').pathname;

const find = (request: WireRequest): Found | undefined => {
  const pathname = pathnameOf(request);
  for (const route of accountRoutes) {
    const match = route.path.exec(pathname);
    if (match !== null && request.method === (route.method ?? 'GET')) return { route, match: [...match] };
  }
  return undefined;
};

const credentialOf = ({ headers }: WireRequest): string =>
  (headers['authorization'] ?? '').split(' ')[1] ?? '';

const isJwt = (credential: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(credential);

/** Reading a target's runners takes the permission to read, everything else that to write. */
const neededFor = (request: WireRequest): readonly [string, Level] | undefined => {
  const [, kind] = /^\/(orgs\/[^/]+|repos\/[^/]+\/[^/]+)\/actions\/runners/.exec(pathnameOf(request)) ?? [];
  if (kind === undefined) return undefined;
  const permission = kind.startsWith('orgs') ? 'organization_self_hosted_runners' : 'administration';
  return [permission, request.method === 'GET' ? 'read' : 'write'];
};

/** GitHub says of a token when it ends, and of a classic one what it may (see github-runners.ts in maintenance/adapters). */
const tokenHeaders = ({ token }: GitHubAccount): Readonly<Record<string, string>> => ({
  ...(token.scopes === undefined ? {} : { 'x-oauth-scopes': token.scopes.join(', ') }),
  ...(token.expiresAt === undefined
    ? {}
    : {
        'github-authentication-token-expiration': token.expiresAt
          .toISOString()
          .replace('T', ' ')
          .replace(/\.\d+Z$/, ' UTC'),
      }),
});

const forbidden = problem(403, 'Resource not accessible by personal access token');

const isWithin = (given: Permissions, permission: string, level: Level): boolean =>
  given[permission] === 'admin' ||
  given[permission] === level ||
  (given[permission] === 'write' && level === 'read');

/** A permission that was not granted cannot be narrowed to (https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app). */
const isTokenRefused = ({ installation }: GitHubAccount, body: string): boolean => {
  const { permissions = {} } = JSON.parse(body || '{}') as { permissions?: Readonly<Record<string, Level>> };
  return Object.entries(permissions).some(
    ([name, level]) => !isWithin(installation.permissions, name, level),
  );
};

/** The permissions of the tokens that GitHub has issued, by the token. */
type Issued = Map<string, Permissions>;

const remember = (issued: Issued, { status, body }: WireResponse): void => {
  if (status !== 201) return;
  const { token, permissions } = JSON.parse(body) as { token: string; permissions: Permissions };
  issued.set(token, { metadata: 'read', ...permissions });
};

/**
 * GitHub's REST API with what an account has besides runners: it stands before the service of runners and runs,
 * and lets nothing through that the credential may not do.
 */
export const githubAccountService = (
  runners: CloudService,
  account: GitHubAccount,
  tokens: ReadonlySet<string>,
): CloudService => {
  const issued: Issued = new Map();

  const may = (credential: string, permission: string, level: Level): boolean => {
    const narrowed = issued.get(credential);
    return narrowed === undefined ? account.may(permission, level) : isWithin(narrowed, permission, level);
  };

  const answerOwn = ({ route, match }: Found, request: WireRequest): WireResponse => {
    const credential = credentialOf(request);
    const isKnown = route.by === 'app' ? isJwt(credential) : tokens.has(credential) || issued.has(credential);
    if (!isKnown) return problem(401, 'Bad credentials');
    if (route.needs !== undefined && !may(credential, ...route.needs)) return forbidden;
    return route.answer(account, match, (permission) => may(credential, permission, 'read'));
  };

  const isForbidden = (request: WireRequest): boolean => {
    const needed = neededFor(request);
    return needed !== undefined && tokens.has(credentialOf(request)) && !account.may(...needed);
  };

  const issue: CloudService['perform'] = async (call, request) => {
    if (account.installation.isSuspended) return problem(403, 'This installation has been suspended');
    if (isTokenRefused(account, request.body))
      return problem(422, 'The permissions requested are not granted to this installation.');
    const answer = await runners.perform(call, request);
    remember(issued, answer);
    return answer;
  };

  return {
    ...runners,
    read: (request) => {
      const found = find(request);
      return found === undefined
        ? runners.read(request)
        : { operation: found.route.operation, parameters: {} };
    },
    perform: async (call, request) => {
      if (call.operation === 'CreateAccessToken') return issue(call, request);
      if (isForbidden(request)) return forbidden;
      const found = find(request);
      const answer = found === undefined ? await runners.perform(call, request) : answerOwn(found, request);
      const headers = tokens.has(credentialOf(request)) ? tokenHeaders(account) : {};
      return { ...answer, headers: { ...answer.headers, ...headers } };
    },
  };
};
