import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import type { SwitchReader, SwitchSetter } from '../../domain/admission/admission-switch.ts';
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

/**
 * Sets the switch. The parameter keeps its type, and its pattern judges the value
 * (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html).
 */
export const ssmAdmissionSwitchSetter = (connection: AwsConnection, parameterName: string): SwitchSetter => ({
  setPosition: async (position) => {
    await asAws('PutParameter', () =>
      ssmClient(connection).send(
        new PutParameterCommand({ Name: parameterName, Value: position, Overwrite: true }),
      ),
    );
  },
});
