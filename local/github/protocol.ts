import { bareError } from '../wire/bare-error.ts';
import type { CloudService, WireRequest, WireResponse } from '../wire/wire.ts';
import { Access, type AccessOptions, type AskedPermissions } from './access.ts';
import { conditional } from './conditional.ts';
import { apiUrl, problem } from './github-answer.ts';
import { RateLimits, rateLimitExceeded } from './rate-limit.ts';
import type { RouteWorld } from './route.ts';
import { findRoute } from './routes.ts';
import { type SecondaryLimits, secondaryRateLimit } from './secondary-limits.ts';

export interface GitHubServiceOptions extends RouteWorld, AccessOptions {
  /** What counts each hour; its own unless one is given. */
  readonly limits?: RateLimits;
  /** None is kept unless they are given. */
  readonly secondary?: SecondaryLimits;
}

const createAccessToken = 'CreateAccessToken';

/** The installation of a request for its token. */
const installationOf = ({ method, path }: WireRequest): string | undefined =>
  method === 'POST' ? /^\/app\/installations\/(\d+)\/access_tokens$/.exec(path)?.[1] : undefined;

const pathnameOf = ({ path }: WireRequest): string => new URL(path, 'https://api.github.com').pathname;

const credentialOf = ({ headers }: WireRequest): string =>
  (headers['authorization'] ?? '').replace(/^(bearer|token) /i, '');

const bodyOf = ({ body }: WireRequest): Readonly<Record<string, unknown>> =>
  body === '' ? {} : (JSON.parse(body) as Record<string, unknown>);

/**
 * An injected error: one of GitHub's two rate limits by name, a status of GitHub's own, or one of what stands before
 * it, which answers with a page.
 */
const refuse = (code: string, message: string): WireResponse => {
  if (code === 'RateLimitExceeded') return rateLimitExceeded();
  if (code === 'SecondaryRateLimit') return secondaryRateLimit();
  if (/^50[234]$/.test(code)) return bareError(code) ?? problem(500, message);
  return problem(/^[45]\d\d$/.test(code) ? Number(code) : 500, message);
};

/** GitHub's REST API for runners and runs (https://docs.github.com/rest/actions/self-hosted-runners). */
export const githubService = (options: GitHubServiceOptions): CloudService => {
  const access = new Access(options);
  const { limits = new RateLimits(), secondary } = options;

  const route = (request: WireRequest): WireResponse => {
    const pathname = pathnameOf(request);
    const found = findRoute(request, pathname);
    if (found === undefined) return problem(404, 'Not Found');
    const token = credentialOf(request);
    const refusal = access.refusal(token, found.route.needs(pathname, options));
    if (refusal !== undefined) return refusal;
    const holder = access.holderOf(token);
    const exceeded = limits.refusal(holder);
    if (exceeded !== undefined) return exceeded;
    const url = new URL(`${apiUrl(request)}${request.path}`);
    const { parameters } = found;
    const answered = found.route.answer(options, { parameters, url, body: bodyOf(request) });
    const response = conditional(request, token, answered);
    const counted = limits.count(holder, response.status === 304);
    return { ...response, headers: { ...response.headers, ...counted } };
  };

  const perform = (request: WireRequest): WireResponse => {
    const installation = installationOf(request);
    if (installation === undefined) return route(request);
    const asked = bodyOf(request)['permissions'] as AskedPermissions | undefined;
    return access.issue(installation, credentialOf(request), asked);
  };

  return {
    name: 'github',
    facts: () => ({}),
    refuse,
    read: (request) => {
      const isToken = installationOf(request) !== undefined;
      const operation = isToken
        ? createAccessToken
        : findRoute(request, pathnameOf(request))?.route.operation;
      return operation === undefined ? undefined : { operation, parameters: {} };
    },
    perform: (_, request) => {
      const taken = secondary?.take(request.method);
      if (taken === undefined) return perform(request);
      if ('refusal' in taken) return taken.refusal;
      try {
        return perform(request);
      } finally {
        taken.leave();
      }
    },
  };
};
