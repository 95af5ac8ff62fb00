import { describe, expect, test } from '@jest/globals';
import { CapacityUnavailable, LaunchForbidden } from '../../functions/domain/errors.ts';
import type { Lane } from '../../functions/domain/launch/turns.ts';
import type { CapacitySearch, Refusal } from '../../functions/domain/life/provision.ts';
import { takeTurn } from '../../functions/take-turn.ts';
import { launchInput } from './fakes/launch.ts';
import { firstRound, later, provisionInput } from './fakes/life.ts';

const input = { ...provisionInput, round: firstRound };
const { search } = launchInput;

interface Scene {
  /** Of the turn, since the request; `none` without the table. */
  readonly turn?: number | 'none';
  /** Since the request. */
  readonly seconds?: number;
  readonly shortages?: readonly Refusal[];
}

const prepare = ({ turn = 20, seconds = 5, shortages = [] }: Scene = {}) => {
  const asked: Lane[] = [];
  const step = takeTurn({
    next: async (lane) => {
      asked.push(lane);
      return turn === 'none' ? undefined : later(turn);
    },
    shortages: async () => shortages,
    clock: () => later(seconds),
  });
  return { asked, step };
};

const everywhere = (['spot', 'on-demand'] as const).flatMap((market) =>
  search.pools.map(({ instanceType, availabilityZone }) => ({
    market,
    instanceType,
    availabilityZone,
    code: 'InsufficientInstanceCapacity',
  })),
);

describe('the turn of a life', () => {
  test('is the next one of those who ask for the first time', async () => {
    const { asked, step } = prepare();
    expect(await step(input)).toEqual({ at: later(20).toISOString(), waitSeconds: 15 });
    expect(asked).toEqual(['first']);
  });

  test('is in whole seconds, for Step Functions cuts off the rest, and not in the past', async () => {
    expect(await prepare({ turn: 20.5 }).step(input)).toMatchObject({ at: later(21).toISOString() });
    expect(await prepare({ turn: 1 }).step(input)).toMatchObject({ at: later(5).toISOString() });
  });

  test.each<[string, Partial<CapacitySearch>, Lane]>([
    ['goes on to another pool', { poolIndex: 1 }, 'first'],
    ['has been all round the pools', { next: 'wait', passes: 1 }, 'again'],
    ['asks the next pool of its second pass', { passes: 1, poolIndex: 1 }, 'again'],
    ['begins another round', { round: 0, passes: 3 }, 'first'],
  ])('that %s is in its own lane', async (_, stands, lane) => {
    const { asked, step } = prepare();
    await step({ ...input, search: { ...search, ...stands } });
    expect(asked).toEqual([lane]);
  });

  test('comes at once without the table', async () => {
    expect(await prepare({ turn: 'none' }).step(input)).toEqual({
      at: later(5).toISOString(),
      waitSeconds: 0,
    });
  });

  test('is left to others when it would find all pools empty', async () => {
    const { asked, step } = prepare({ shortages: everywhere });
    expect(await step({ ...input, search })).toMatchObject({ at: later(5).toISOString() });
    expect(asked).toEqual([]);
  });

  test('is the last when all pools have been empty for as long as capacity is sought', async () => {
    const { step } = prepare({ shortages: everywhere, seconds: 700 });
    await expect(step({ ...input, search })).rejects.toThrow(CapacityUnavailable);
  });

  test.each([
    [1, 7],
    [3, 13],
    [9, 65],
  ])('comes later the oftener EC2 has throttled it: %d times', async (throttles, second) => {
    const turn = await prepare({ turn: 5 }).step({ ...input, search: { ...search, throttles } });
    expect(turn.at).toBe(later(second).toISOString());
  });

  test('is refused when ten minutes would not be left before the deadline', async () => {
    expect(await prepare({ turn: 3_000 }).step(input)).toMatchObject({ at: later(3_000).toISOString() });
    await expect(prepare({ turn: 3_001 }).step(input)).rejects.toThrow(LaunchForbidden);
    await expect(prepare({ turn: 3_001 }).step(input)).rejects.toThrow(/2026-03-01T10:50:01.000Z/);
  });
});
