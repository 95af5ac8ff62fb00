import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type AwsConnection, clientConfiguration } from '../../functions/adapters/aws/aws-connection.ts';
import { asAws } from '../../functions/adapters/aws/aws-errors.ts';

/** Gives a secret a new present value (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html). */
export const writeSecret = async (connection: AwsConnection, arn: string, value: string): Promise<void> => {
  const client = new SecretsManagerClient(clientConfiguration(connection));
  await asAws('PutSecretValue', () =>
    client.send(new PutSecretValueCommand({ SecretId: arn, SecretString: value })),
  );
};
