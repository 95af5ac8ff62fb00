import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { type AwsConnection, clientConfiguration } from '../../functions/adapters/aws/aws-connection.ts';
import { unlessGone } from '../../functions/adapters/aws/aws-errors.ts';

/** Whether the account has a role of this name. */
export const hasRole = async (connection: AwsConnection, name: string): Promise<boolean> => {
  const client = new IAMClient(clientConfiguration(connection));
  const found = await unlessGone('GetRole', ['NoSuchEntityException', 'NoSuchEntity'], () =>
    client.send(new GetRoleCommand({ RoleName: name })),
  );
  return found !== undefined;
};
