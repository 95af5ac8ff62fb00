import { createSign, randomUUID } from 'node:crypto';
import { createAppAuth } from '@octokit/auth-app';
import { CredentialUnusable } from '../../domain/errors.ts';
import type { GitHubTarget } from './github-connection.ts';
import type { GitHubCredential } from './github-credential.ts';
import { githubStatus } from './github-errors.ts';

type App = Extract<GitHubCredential, { kind: 'app' }>;
type Request = NonNullable<Parameters<typeof createAppAuth>[0]['request']>;

/** GitHub takes at most ten minutes; a minute of clock drift is allowed for on either side. */
const lifetimeSeconds = 480;
const driftSeconds = 60;

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * An App's JWT (https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app).
 * Two that are made in one second would be identical, and GitHub has answered 404 to the second: a random
 * `jti` tells them apart.
 */
export const createJwt =
  (privateKey: string) =>
  async (appId: string | number, timeDifference = 0): Promise<{ jwt: string; expiresAt: string }> => {
    const now = Math.floor(Date.now() / 1_000) + timeDifference;
    const claims = { iat: now - driftSeconds, exp: now + lifetimeSeconds, iss: appId, jti: randomUUID() };
    const signed = `${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url(claims)}`;
    try {
      const signature = createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url');
      return { jwt: `${signed}.${signature}`, expiresAt: new Date(claims.exp * 1_000).toISOString() };
    } catch {
      throw new CredentialUnusable('The "privateKey" in the GitHub secret is not a PEM private key.');
    }
  };

type Permissions = Readonly<Record<string, string>>;

/**
 * The one permission that runners need, however much more the App was given. Runs of public repositories can be
 * read with any token, those of private ones take a permission of their own
 * (https://docs.github.com/rest/authentication/permissions-required-for-github-apps#repository-permissions-for-actions).
 */
export const permissionsFor = ({ kind }: GitHubTarget, readsPrivateRuns: boolean): Permissions => ({
  ...(kind === 'organization' ? { organization_self_hosted_runners: 'write' } : { administration: 'write' }),
  ...(readsPrivateRuns ? { actions: 'read' } : {}),
});

/** GitHub narrows a token to no permission that the installation does not have (https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app). */
const notGranted = (permissions: Permissions): string => {
  const wanted = Object.entries(permissions).map(([name, level]) => `${name}: ${level}`);
  return `The App's installation has not been given ${wanted.join(' and ')}. Add it to the App's permissions, and accept it where the App is installed.`;
};

/** A function that gives the App's installation token, narrowed, renewed before it expires. */
export const appToken = (app: App, permissions: Permissions, request: Request): (() => Promise<string>) => {
  const auth = createAppAuth({
    appId: app.appId,
    installationId: app.installationId,
    createJwt: createJwt(app.privateKey),
    request,
  });
  return async () => {
    try {
      return (await auth({ type: 'installation', permissions: { ...permissions } })).token;
    } catch (error) {
      if (githubStatus(error) !== 422) throw error;
      throw new CredentialUnusable(notGranted(permissions), { cause: error });
    }
  };
};
