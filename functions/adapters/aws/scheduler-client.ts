import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { type AwsConnection, clientConfiguration } from './aws-connection.ts';

const clients = new WeakMap<AwsConnection, SchedulerClient>();

/** The connection's one EventBridge Scheduler client, made when it is first needed. */
export const schedulerClient = (connection: AwsConnection): SchedulerClient => {
  const client = clients.get(connection) ?? new SchedulerClient(clientConfiguration(connection));
  clients.set(connection, client);
  return client;
};
