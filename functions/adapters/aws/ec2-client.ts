import { EC2Client } from '@aws-sdk/client-ec2';
import { type AwsConnection, clientConfiguration } from './aws-connection.ts';

const clients = new WeakMap<AwsConnection, EC2Client>();

/** The connection's one EC2 client, made when it is first needed. */
export const ec2Client = (connection: AwsConnection): EC2Client => {
  const client = clients.get(connection) ?? new EC2Client(clientConfiguration(connection));
  clients.set(connection, client);
  return client;
};
