import type { GitHubTarget } from '../../functions/adapters/github/github-connection.ts';
import { githubStatus } from '../../functions/adapters/github/github-errors.ts';
import type { Octokit } from '../../functions/adapters/github/octokit.ts';
import type { TokenReading } from '../github-access.ts';
import { pathOf } from './github-path.ts';
import { unlessHidden } from './unless-hidden.ts';

type Headers = Readonly<Record<string, string | number | undefined>>;

const scopesOf = (headers: Headers): readonly string[] | undefined => {
  const scopes = headers['x-oauth-scopes'];
  return scopes === undefined
    ? undefined
    : String(scopes)
        .split(',')
        .map((scope) => scope.trim())
        .filter((scope) => scope !== '');
};

/** GitHub writes `2026-05-01 12:00:00 UTC`, or the offset in place of UTC. */
const expiryOf = (headers: Headers): Date | undefined => {
  const date = new Date(String(headers['github-authentication-token-expiration'] ?? ''));
  return Number.isNaN(date.getTime()) ? undefined : date;
};

/**
 * What the headers say of a token: its scopes if it is a classic one
 * (https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps), and when it expires
 * (https://docs.github.com/rest/authentication/keeping-your-api-credentials-secure).
 */
const tokenReading = (headers: Headers): TokenReading => {
  const scopes = scopesOf(headers);
  const expiresAt = expiryOf(headers);
  return { ...(scopes === undefined ? {} : { scopes }), ...(expiresAt === undefined ? {} : { expiresAt }) };
};

export const readRunners = async (
  octokit: Octokit,
  target: GitHubTarget,
): Promise<TokenReading | undefined> => {
  const path = `GET ${pathOf(target)}/actions/runners`;
  const answer = await unlessHidden(() => octokit.request(path, { per_page: 1 }));
  return answer === undefined ? undefined : tokenReading(answer.headers);
};

/** GitHub looks at the permission first: with it, 422 for the name that is missing; without it, 403 or 404. */
export const mayRegister = async (octokit: Octokit, target: GitHubTarget): Promise<boolean> => {
  try {
    await octokit.request(`POST ${pathOf(target)}/actions/runners/generate-jitconfig`);
    return true;
  } catch (error) {
    if (githubStatus(error) === 422) return true;
    if ([403, 404].includes(githubStatus(error) ?? 0)) return false;
    throw error;
  }
};
