import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { destroyExecutions } from '../../../functions/adapters/aws/destroy-executions.ts';
import type { DestroyInput } from '../../../functions/domain/ending/destroy.ts';
import { type PassingTime, passingTime } from '../passing-time.ts';
import { deployment, life } from './fake-ec2.ts';
import { destroyStateMachineArn, fakeStepFunctions } from './fake-step-functions.ts';

let time: PassingTime;
beforeEach(() => {
  time = passingTime();
});
afterEach(() => time.end());

const input: DestroyInput = { life, deployment, reason: 'asked', mode: 'graceful' };

const destroys = () => {
  const scene = fakeStepFunctions();
  return { ...scene, destroyer: destroyExecutions(scene.connection, destroyStateMachineArn) };
};

describe('a destroy', () => {
  test('is started under the name of life, reason and number, and read by it', async () => {
    const { destroyer, executions } = destroys();

    await expect(destroyer.startDestroy(input, 2)).resolves.toBe('started');
    expect(executions.all).toMatchObject([{ name: `${life}-asked-2` }]);
    await expect(destroyer.destroy(life, 'asked', 2)).resolves.toMatchObject({ status: 'RUNNING', input });
    await expect(destroyer.destroy(life, 'asked', 1)).resolves.toBeUndefined();
  });

  test('that has ended leaves its name taken', async () => {
    const { destroyer } = destroys();
    await destroyer.startDestroy(input, 1);
    await time.advance(120);

    await expect(destroyer.startDestroy(input, 1)).resolves.toBe('taken');
    await expect(destroyer.startDestroy(input, 2)).resolves.toBe('started');
  });
});
