import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type AwsConnection, clientFor } from './aws-connection.ts';
import { unlessGone } from './aws-errors.ts';

const secretsManagerClient = clientFor(SecretsManagerClient);

/** What a secret holds, `undefined` when it was never filled or is not there. Throws AwsUnavailable or AwsRefused. */
export const secretText = async (
  connection: AwsConnection,
  secretArn: string,
): Promise<string | undefined> => {
  const secret = await unlessGone('GetSecretValue', ['ResourceNotFoundException'], () =>
    secretsManagerClient(connection).send(new GetSecretValueCommand({ SecretId: secretArn })),
  );
  return secret?.SecretString;
};
