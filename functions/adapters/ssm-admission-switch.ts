import { GetParameterCommand } from '@aws-sdk/client-ssm';
import type { SwitchReader } from '../domain/admission-switch.ts';
import type { AwsConnection } from './aws-connection.ts';
import { asAws } from './aws-errors.ts';
import { ssmClient } from './ssm-client.ts';

/**
 * The switch as a parameter of Systems Manager, which an operator changes in the console
 * (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html).
 */
export const ssmAdmissionSwitch = (connection: AwsConnection, parameterName: string): SwitchReader => ({
  position: () =>
    asAws('GetParameter', async () => {
      const { Parameter } = await ssmClient(connection).send(
        new GetParameterCommand({ Name: parameterName }),
      );
      return Parameter?.Value ?? '';
    }),
});
