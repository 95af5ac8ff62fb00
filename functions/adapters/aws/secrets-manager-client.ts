import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type AwsConnection, clientConfiguration } from './aws-connection.ts';

const clients = new WeakMap<AwsConnection, SecretsManagerClient>();

/** The connection's one Secrets Manager client, made when it is first needed. */
export const secretsManagerClient = (connection: AwsConnection): SecretsManagerClient => {
  const client = clients.get(connection) ?? new SecretsManagerClient(clientConfiguration(connection));
  clients.set(connection, client);
  return client;
};
