import { expect, test } from '@jest/globals';
import { AwsUnavailable } from '../../functions/domain/errors.ts';
import type { Instance } from '../../functions/domain/ports.ts';
import { terminateInstances } from '../../functions/terminate-instances.ts';
import { destroyInput, instance, life } from './fakes/life.ts';

const prepare = (instances: readonly Instance[], failing?: 'terminate' | 'stop') => {
  const calls: (readonly string[])[] = [];
  const stopped: string[] = [];
  const failIf = (isFailing: boolean): void => {
    if (isFailing) throw new AwsUnavailable('throttled');
  };
  const step = terminateInstances({
    instances: { ofLife: async () => instances },
    terminator: {
      terminate: async (ids) => {
        failIf(failing === 'terminate');
        calls.push(ids);
      },
    },
    provisions: {
      stop: async (life) => {
        failIf(failing === 'stop');
        stopped.push(life);
      },
    },
  });
  return { calls, stopped, step };
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

test('stops the provision, so that it asks for nothing more', async () => {
  const { stopped, step } = prepare([instance]);
  await step(destroyInput);
  expect(stopped).toEqual([life]);
});

test('neither fails because the other does, and both are tried again', async () => {
  const unstopped = prepare([instance], 'stop');
  await expect(unstopped.step(destroyInput)).rejects.toThrow(AwsUnavailable);
  expect(unstopped.calls).toEqual([['i-1']]);
  const unterminated = prepare([instance], 'terminate');
  await expect(unterminated.step(destroyInput)).rejects.toThrow(AwsUnavailable);
  expect(unterminated.stopped).toEqual([life]);
});
