import { expect, test } from '@jest/globals';
import { discardRound } from '../../functions/discard-round.ts';
import { CapacityUnavailable } from '../../functions/domain/errors.ts';
import type { Instance } from '../../functions/domain/ports.ts';
import { firstRound, instance, provisionInput, runner } from './fakes/life.ts';

const input = { ...provisionInput, round: firstRound, runner, search: { next: 'launched' } } as const;
const unlaunched = { ...input, search: { next: 'spot' } } as const;

const prepare = (
  instances: readonly Instance[],
  answer: 'deregistered' | 'gone' | 'refused' = 'deregistered',
) => {
  const done: string[] = [];
  const step = discardRound({
    instances: { ofLife: async () => instances },
    terminator: { terminate: async (ids) => void done.push(`terminate ${ids}`) },
    deregistrar: {
      deregister: async (id) => {
        done.push(`deregister ${id}`);
        return answer;
      },
    },
  });
  return { done, step };
};

test('ends what is left of the round and begins the next, on-demand', async () => {
  const { done, step } = prepare([instance]);
  await expect(step(input)).resolves.toEqual({ number: 2, markets: 'on-demand-only' });
  expect(done).toEqual(['terminate i-1', 'deregister 7']);
});

test('terminates nothing that EC2 has ended', async () => {
  const { done, step } = prepare([{ ...instance, state: 'terminated' }]);
  await step(input);
  expect(done).toEqual(['deregister 7']);
});

test('goes on when GitHub still takes the dead runner for busy', async () => {
  const { step } = prepare([], 'refused');
  await expect(step(input)).resolves.toMatchObject({ number: 2 });
});

test('begins the next round in the same markets when only the configuration had grown old', async () => {
  const { done, step } = prepare([]);
  await expect(step(unlaunched)).resolves.toEqual({ number: 2, markets: 'spot-first' });
  expect(done).toEqual(['deregister 7']);
});

test('has no third round, whose name no destroy would look for', async () => {
  const { done, step } = prepare([]);
  const round = { number: 2, markets: 'on-demand-only' } as const;
  await expect(step({ ...unlaunched, round })).rejects.toThrow(CapacityUnavailable);
  expect(done).toEqual([]);
});
