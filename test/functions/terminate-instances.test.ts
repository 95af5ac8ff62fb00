import { expect, test } from '@jest/globals';
import type { Instance } from '../../functions/domain/ports.ts';
import { terminateInstances } from '../../functions/terminate-instances.ts';
import { destroyInput, instance } from './fakes/life.ts';

const prepare = (instances: readonly Instance[]) => {
  const calls: (readonly string[])[] = [];
  const step = terminateInstances(
    { ofLife: async () => instances },
    { terminate: async (ids) => void calls.push(ids) },
  );
  return { calls, step };
};

test('terminates every live instance of the life, of whatever round', async () => {
  const states = ['pending', 'running', 'stopping', 'stopped', 'shutting-down', 'terminated'] as const;
  const { calls, step } = prepare(states.map((state) => ({ ...instance, id: state, state })));
  const live = ['pending', 'running', 'stopping', 'stopped'];
  await expect(step(destroyInput)).resolves.toEqual({ terminated: live });
  expect(calls).toEqual([live]);
});

test('asks EC2 for nothing when nothing is live', async () => {
  const { calls, step } = prepare([]);
  await expect(step(destroyInput)).resolves.toEqual({ terminated: [] });
  expect(calls).toEqual([]);
});
