import { createJwt } from './github-app-token.ts';
import type { GitHubConnection } from './github-connection.ts';
import type { GitHubCredential } from './github-credential.ts';
import { translateGitHubError } from './github-errors.ts';
import { type Octokit, octokitWith } from './octokit.ts';

export type AppCredential = Extract<GitHubCredential, { kind: 'app' }>;

/** Calls GitHub as the App itself; throws GitHubUnavailable, GitHubRefused or CredentialUnusable. */
export type AsApp = <T>(
  what: string,
  call: (octokit: Octokit, installationId: number) => Promise<T>,
) => Promise<T>;

/** GitHub as the App itself sees it, with a JWT: what it was given, and where, and what is delivered to it. */
export const asApp =
  (connection: GitHubConnection, { appId, installationId, privateKey }: AppCredential): AsApp =>
  async (what, call) => {
    const { jwt } = await createJwt(privateKey)(appId);
    try {
      return await call(octokitWith(connection, jwt), Number(installationId));
    } catch (error) {
      throw translateGitHubError(error, what);
    }
  };
