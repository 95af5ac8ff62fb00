import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type AwsConnection, clientConfiguration } from './aws-connection.ts';

const clients = new WeakMap<AwsConnection, DynamoDBClient>();

/** The connection's one DynamoDB client, made when it is first needed. */
export const dynamodbClient = (connection: AwsConnection): DynamoDBClient => {
  const client = clients.get(connection) ?? new DynamoDBClient(clientConfiguration(connection));
  clients.set(connection, client);
  return client;
};
