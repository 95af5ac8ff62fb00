import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from '@jest/globals';
import { clientConfiguration } from '../../../../functions/adapters/aws/aws-connection.ts';
import { ParameterStore } from '../../../../local/aws/parameter-store/protocol.ts';
import { fakeAws } from '../../../adapters/aws/fake-aws.ts';

const store = () => {
  const parameters = new ParameterStore();
  parameters.put('switch', 'open', '^(open|closed)$');
  const client = new SSMClient({
    ...clientConfiguration(fakeAws(parameters.service()).connection),
    maxAttempts: 1,
  });
  const put = (Value: string) =>
    client.send(new PutParameterCommand({ Name: 'switch', Value, Overwrite: true }));
  return { parameters, put };
};

test.each([
  ['against its pattern', 'ajar', 'ParameterPatternMismatchException'],
  ['of nothing', '', 'ValidationException'],
  ['larger than the tier takes', 'x'.repeat(4_097), 'ValidationException'],
])('a value %s is refused, and the old one stays', async (_, value, name) => {
  const { parameters, put } = store();

  await expect(put(value)).rejects.toMatchObject({ name });
  expect(parameters.get('switch')).toBe('open');
});

test('a value by its pattern is taken', async () => {
  const { parameters, put } = store();
  await put('closed');

  expect(parameters.get('switch')).toBe('closed');
});
