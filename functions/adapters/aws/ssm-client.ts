import { SSMClient } from '@aws-sdk/client-ssm';
import { type AwsConnection, clientConfiguration } from './aws-connection.ts';

const clients = new WeakMap<AwsConnection, SSMClient>();

/** The connection's one Systems Manager client, made when it is first needed. */
export const ssmClient = (connection: AwsConnection): SSMClient => {
  const client = clients.get(connection) ?? new SSMClient(clientConfiguration(connection));
  clients.set(connection, client);
  return client;
};
