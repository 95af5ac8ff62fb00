import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Clock } from '../../domain/ports.ts';
import { addSeconds } from '../../domain/timing.ts';
import {
  type CredentialSource,
  type GitHubCredential,
  parseCredential,
} from '../github/github-credential.ts';
import type { AwsConnection } from './aws-connection.ts';
import { unlessGone } from './aws-errors.ts';
import { secretsManagerClient } from './secrets-manager-client.ts';

/** A rotated secret takes effect within this time, without a deployment. */
const keptSeconds = 300;

interface Kept {
  readonly text: string | undefined;
  readonly credential: GitHubCredential;
  readonly until: Date;
}

/**
 * The GitHub credential in Secrets Manager. A secret that was never filled has no value to get. One that has not
 * changed is the same object again, so that an App's token, which lives for an hour, is kept with it.
 */
export const secretCredential = (
  connection: AwsConnection,
  secretArn: string,
  clock: Clock,
): CredentialSource => {
  let kept: Kept | undefined;
  return {
    read: async () => {
      if (kept !== undefined && clock() < kept.until) return kept.credential;
      const secret = await unlessGone('GetSecretValue', ['ResourceNotFoundException'], () =>
        secretsManagerClient(connection).send(new GetSecretValueCommand({ SecretId: secretArn })),
      );
      const text = secret?.SecretString;
      const credential = kept !== undefined && kept.text === text ? kept.credential : parseCredential(text);
      kept = { text, credential, until: addSeconds(clock(), keptSeconds) };
      return credential;
    },
    forget: () => {
      if (kept !== undefined) kept = { ...kept, until: new Date(0) };
    },
  };
};
