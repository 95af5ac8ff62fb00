import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import type { AwsConnection } from '../../functions/adapters/aws/aws-connection.ts';
import { asAws, unlessGone } from '../../functions/adapters/aws/aws-errors.ts';
import { ssmClient } from '../../functions/adapters/aws/ssm-client.ts';

/** The value of a parameter, `undefined` when there is none of this name. */
export const parameterValue = async (
  connection: AwsConnection,
  name: string,
): Promise<string | undefined> => {
  const found = await unlessGone('GetParameter', ['ParameterNotFound'], () =>
    ssmClient(connection).send(new GetParameterCommand({ Name: name })),
  );
  return found?.Parameter?.Value;
};

/** Changes a parameter that is there; one that is not is not made, for nothing would remove it again. */
export const changeParameter = async (
  connection: AwsConnection,
  name: string,
  value: string,
): Promise<void> => {
  if ((await parameterValue(connection, name)) === undefined) return;
  await asAws('PutParameter', () =>
    ssmClient(connection).send(new PutParameterCommand({ Name: name, Value: value, Overwrite: true })),
  );
};
