import { SFNClient } from '@aws-sdk/client-sfn';
import { type AwsConnection, clientConfiguration } from './aws-connection.ts';

const clients = new WeakMap<AwsConnection, SFNClient>();

/** The connection's one Step Functions client, made when it is first needed. */
export const sfnClient = (connection: AwsConnection): SFNClient => {
  const client = clients.get(connection) ?? new SFNClient(clientConfiguration(connection));
  clients.set(connection, client);
  return client;
};
