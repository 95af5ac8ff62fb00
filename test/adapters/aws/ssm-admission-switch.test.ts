import { describe, expect, test } from '@jest/globals';
import {
  ssmAdmissionSwitch,
  ssmAdmissionSwitchSetter,
} from '../../../functions/adapters/aws/ssm-admission-switch.ts';
import { AwsRefused, AwsUnavailable } from '../../../functions/domain/errors.ts';
import { ParameterStore } from '../../../local/aws/parameter-store/protocol.ts';
import { fakeAws } from './fake-aws.ts';

const prepare = (value?: string) => {
  const store = new ParameterStore();
  if (value !== undefined) store.put('/stint/admission', value);
  const { connection, faults } = fakeAws(store.service());
  return {
    position: () => ssmAdmissionSwitch(connection, '/stint/admission').position(),
    setPosition: ssmAdmissionSwitchSetter(connection, '/stint/admission').setPosition,
    faults,
  };
};

describe('the switch in Parameter Store', () => {
  test('is what the operator wrote', async () => {
    await expect(prepare('closed: maintenance').position()).resolves.toBe('closed: maintenance');
  });

  test('is what was set last', async () => {
    const { position, setPosition } = prepare('open');
    await setPosition('closed: the budget is used up');
    await expect(position()).resolves.toBe('closed: the budget is used up');
  });

  test('that is not there is an error of the deployment, not an open door', async () => {
    await expect(prepare().position()).rejects.toThrow(AwsRefused);
  });

  test('cannot be read while the service is away', async () => {
    const { position, faults } = prepare('open');
    faults.add({ service: 'ssm', operation: '*', error: '500', times: 9 });
    await expect(position()).rejects.toThrow(AwsUnavailable);
  });
});
