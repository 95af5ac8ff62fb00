import { Cache } from '../../domain/cache.ts';
import { AwsRefused, CredentialUnusable } from '../../domain/errors.ts';
import type { Clock } from '../../domain/ports.ts';
import {
  type CredentialSource,
  type GitHubCredential,
  parseCredential,
} from '../github/github-credential.ts';
import type { AwsConnection } from './aws-connection.ts';
import { secretText } from './secret-text.ts';

/** A rotated secret takes effect within this time, without a deployment. */
const cacheSeconds = 300;

/** A secret that is marked for deletion, or that the function may not read, holds no credential for us. */
const readSecret = async (connection: AwsConnection, secretArn: string) => {
  try {
    return await secretText(connection, secretArn);
  } catch (error) {
    if (!(error instanceof AwsRefused)) throw error;
    throw new CredentialUnusable(`The GitHub secret cannot be read. ${error.message}`, { cause: error });
  }
};

/**
 * The GitHub credential in Secrets Manager. A secret that was never filled has no value to get. One that has not
 * changed is the same object again, so that an App's token, which lives for an hour, is kept with it.
 */
export const secretCredential = (
  connection: AwsConnection,
  secretArn: string,
  clock: Clock,
): CredentialSource => {
  const cache = new Cache<GitHubCredential>(clock, 1);
  let newest: { readonly text: string | undefined; readonly credential: GitHubCredential } | undefined;
  return {
    read: async () => {
      const cached = cache.get(secretArn);
      if (cached !== undefined) return cached;
      const text = await readSecret(connection, secretArn);
      if (newest === undefined || newest.text !== text) newest = { text, credential: parseCredential(text) };
      return cache.set(secretArn, newest.credential, cacheSeconds);
    },
    forget: () => cache.delete(secretArn),
  };
};
