import { describe, expect, test } from '@jest/globals';
import type { FunctionLogLine } from '../../../../local/aws/lambda/function-invoker.ts';
import { inProcessFunctions } from '../../../../local/aws/lambda/in-process-functions.ts';
import type { StackFunction } from '../../../../local/template/stack-functions.ts';

const onTerminated: StackFunction = {
  name: 'OnProvisionUnsuccessful',
  stem: 'on-provision-unsuccessful',
  assetDirectory: '',
  handler: 'index.handler',
  environment: {
    DEPLOYMENT: 'local000',
    METRIC_NAMESPACE: 'Stint',
    PROVISION_STATE_MACHINE_ARN: 'arn:local',
    DESTROY_STATE_MACHINE_ARN: 'arn:local',
    TABLE_NAME: 'local',
  },
  timeoutSeconds: 30,
  memoryMib: 256,
  roleArn: 'arn:aws:iam::000000000000:role/Local',
};

const functionsWith = (change: Partial<StackFunction> = {}, lines: FunctionLogLine[] = []) =>
  inProcessFunctions({
    functions: [{ ...onTerminated, ...change }],
    region: 'us-east-2',
    send: () => Promise.reject(new Error('nobody is there')),
    onLog: (line) => lines.push(line),
  });

describe('functions in this process', () => {
  test('run the source that the template’s function is made of, with the template’s environment', async () => {
    const lines: FunctionLogLine[] = [];
    const functions = await functionsWith({}, lines);

    const result = await functions.invoke('OnProvisionUnsuccessful', {
      detail: { name: 'nothing of ours', status: 'FAILED' },
    });

    expect(result).toEqual({ ok: true, payload: null });
    expect(lines).toMatchObject([{ name: 'OnProvisionUnsuccessful', message: { decision: 'not a life' } }]);
  });

  test('fail by the name of their error', async () => {
    const functions = await functionsWith({ environment: {} });

    const result = await functions.invoke('OnProvisionUnsuccessful', {});

    expect(result).toMatchObject({ ok: false, errorType: 'EnvironmentInvalid' });
  });

  test('are not there by another name', async () => {
    const functions = await functionsWith();

    await expect(functions.invoke('Nobody', {})).rejects.toThrow('There is no function Nobody');
  });
});
