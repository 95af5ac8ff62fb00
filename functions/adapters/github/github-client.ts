import type { RequestsLeft, RequestsLeftReader } from '../../domain/admission/github-reserve.ts';
import {
  AwsRefused,
  AwsUnavailable,
  CredentialUnusable,
  GitHubRefused,
  GitHubUnavailable,
} from '../../domain/errors.ts';
import { conditionalRequests } from './conditional-requests.ts';
import { appToken, permissionsFor } from './github-app-token.ts';
import type { GitHubConnection, GitHubTarget } from './github-connection.ts';
import type { CredentialSource, GitHubCredential } from './github-credential.ts';
import { githubStatus, translateGitHubError } from './github-errors.ts';
import { type Octokit, octokitWith } from './octokit.ts';
import { heedRequestsLeft } from './requests-left.ts';

export interface GitHubClientOptions {
  readonly connection: GitHubConnection;
  readonly target: GitHubTarget;
  readonly credential: CredentialSource;
  /** Whether an App's token must be good for reading the runs of private repositories as well. */
  readonly readsPrivateRuns?: boolean;
}

export interface GitHubClient extends RequestsLeftReader {
  readonly target: GitHubTarget;
  /** Calls GitHub as the deployment; throws GitHubUnavailable, GitHubRefused or CredentialUnusable. */
  call<T>(what: string, call: (octokit: Octokit) => Promise<T>): Promise<T>;
}

/** What the credential's source and our own checks throw needs no translation. */
const ownErrors = [AwsRefused, AwsUnavailable, CredentialUnusable, GitHubRefused, GitHubUnavailable];

const isOwn = (error: unknown): boolean => ownErrors.some((Own) => error instanceof Own);

interface Session {
  readonly credential: GitHubCredential;
  readonly token: () => Promise<string>;
  octokit?: { readonly auth: string; readonly client: Octokit };
}

/**
 * GitHub as the deployment's credential shows it. A 401 makes it read the secret once more, so that a
 * rotated credential takes effect at once.
 */
export const githubClient = ({
  connection,
  target,
  credential,
  readsPrivateRuns = false,
}: GitHubClientOptions): GitHubClient => {
  let session: Session | undefined;
  let left: RequestsLeft | undefined;

  const sessionFor = (read: GitHubCredential): Session => {
    if (session?.credential === read) return session;
    const token =
      read.kind === 'token'
        ? async () => read.token
        : appToken(read, permissionsFor(target, readsPrivateRuns), octokitWith(connection).request);
    session = { credential: read, token };
    return session;
  };

  const made = (auth: string): Octokit =>
    heedRequestsLeft(conditionalRequests(octokitWith(connection, auth)), (heeded) => {
      left = heeded;
    });

  const octokit = async (): Promise<Octokit> => {
    const current = sessionFor(await credential.read());
    const auth = await current.token();
    if (current.octokit?.auth !== auth) current.octokit = { auth, client: made(auth) };
    return current.octokit.client;
  };

  const attempt = async <T>(call: (octokit: Octokit) => Promise<T>): Promise<T> => call(await octokit());

  return {
    target,
    requestsLeft: () => left,
    call: async (what, call) => {
      try {
        return await attempt(call).catch((error: unknown) => {
          if (githubStatus(error) !== 401) throw error;
          credential.forget();
          session = undefined;
          return attempt(call);
        });
      } catch (error) {
        throw isOwn(error) ? error : translateGitHubError(error, what);
      }
    },
  };
};
