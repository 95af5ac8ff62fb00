import { KMSClient } from '@aws-sdk/client-kms';
import { type AwsConnection, clientConfiguration } from './aws-connection.ts';

const clients = new WeakMap<AwsConnection, KMSClient>();

/** The connection's one KMS client, made when it is first needed. */
export const kmsClient = (connection: AwsConnection): KMSClient => {
  const client = clients.get(connection) ?? new KMSClient(clientConfiguration(connection));
  clients.set(connection, client);
  return client;
};
