import { expect, test } from '@jest/globals';
import type { DestroyInput } from '../../functions/domain/destroy.ts';
import { onProvisionUnsuccessful } from '../../functions/on-provision-unsuccessful.ts';
import { deployment, life } from './fakes/life.ts';

const prepare = () => {
  const started: DestroyInput[] = [];
  const destroys = {
    destroy: async () => undefined,
    startDestroy: async (input: DestroyInput) => {
      started.push(input);
      return 'started' as const;
    },
  };
  return { started, run: onProvisionUnsuccessful({ destroys, log: () => undefined }, deployment) };
};

test.each(['FAILED', 'TIMED_OUT', 'ABORTED'])(
  'a provision that %s starts a polite destroy of its life',
  async (status) => {
    const { started, run } = prepare();
    await run({ detail: { name: life, status } });
    expect(started).toEqual([{ life, deployment, reason: 'failed', manner: 'polite' }]);
  },
);

test('an execution that an operator named otherwise has no life to destroy', async () => {
  const { started, run } = prepare();
  await run({ detail: { name: 'my-test', status: 'FAILED' } });
  expect(started).toEqual([]);
});
