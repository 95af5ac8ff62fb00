import { describe, expect, test } from '@jest/globals';
import { capPool } from '../../../functions/domain/admission/cap-pool.ts';
import { claimSeats, type Pools, releaseSeats } from '../../../functions/domain/admission/pools.ts';
import { runPool } from '../../../functions/domain/admission/run-pool.ts';
import { giveBack, type SeatPool } from '../../../functions/domain/admission/seats.ts';
import { Problem } from '../../../functions/domain/api/problem.ts';
import { later } from '../../functions/fakes/life.ts';
import { fakeTable } from '../../functions/fakes/table.ts';

const poolOf = (label: string, quota = 2, name?: string): SeatPool => {
  const asked = name === undefined ? { label } : { label, class: name };
  const pool = runPool(asked, 'x86_64', quota, 'rr_runner_');
  if (pool === undefined) throw new Error(`${label} is no run's`);
  return pool;
};

const prepare = (cap = 4) => {
  const { table, items } = fakeTable();
  let tokens = 0;
  const claim = (life: string, seconds = 0, pools: Pools = { cap: capPool(cap), others: [] }) => {
    tokens += 1;
    return claimSeats(table, pools, { life, token: `token-${tokens}`, now: later(seconds) });
  };
  const ofRun = (label: string, seconds = 0) =>
    claim(`${label}_x86_64-1`, seconds, { cap: capPool(cap), others: [poolOf(label)] });
  const taken = (pool: string) =>
    [...items.values()].filter(({ pk }) => pk === `seats#${pool}`).map(({ life }) => life);
  return { table, items, claim, ofRun, taken };
};

describe('a life of several seats', () => {
  const big = (cap: number): Pools => ({ cap: capPool(cap), capSeats: 3, others: [] });

  test('has all of them in the cap, the same ones when it claims again, and gives all of them back', async () => {
    const { table, claim, taken } = prepare(4);
    await claim('big', 0, big(4));
    await claim('big', 0, big(4));
    expect(taken('cap')).toEqual(['big', 'big', 'big']);
    await claim('small');
    await expect(claim('other')).rejects.toThrow(/^4 of this deployment's 4 seats .* taken\. /);
    await releaseSeats(table, 'big');
    expect(taken('cap')).toEqual(['small']);
  });

  test('takes none of them when there are too few, and gives the run’s own place back', async () => {
    const { claim, taken } = prepare(4);
    await claim('one');
    await claim('two');
    const wanted = { ...big(4), others: [poolOf('rr_runner_1001_1')] };
    await expect(claim('rr_runner_1001_1_x86_64-1', 0, wanted)).rejects.toThrow(/needs more than are left/);
    expect(taken('cap').toSorted()).toEqual(['one', 'two']);
    expect(taken('run#1001#x86_64')).toEqual([]);
  });

  test('completes a claim that began and was left', async () => {
    const { claim, items, taken } = prepare(4);
    await claim('big', 0, big(4));
    const [first] = [...items.keys()];
    items.delete(first ?? '');
    await claim('big', 0, big(4));
    expect(taken('cap')).toEqual(['big', 'big', 'big']);
  });

  test('is never counted short, whoever comes at once', async () => {
    const { claim, taken } = prepare(10);
    const claims = Array.from({ length: 8 }, (_, index) =>
      claim(`life-${index}`, 0, index % 2 === 0 ? big(10) : { cap: capPool(10), others: [] }),
    );
    const settled = await Promise.allSettled(claims);
    const admitted = settled.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
    const wanted = admitted.reduce((sum, index) => sum + (index % 2 === 0 ? 3 : 1), 0);
    expect(taken('cap')).toHaveLength(wanted);
    expect(wanted).toBeLessThanOrEqual(10);
  });
});

describe('the cap', () => {
  test('has a seat for each life and no more, whoever comes at once', async () => {
    const { claim, taken } = prepare();
    const claims = await Promise.allSettled(Array.from({ length: 50 }, (_, index) => claim(`life-${index}`)));
    expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
    expect(new Set(taken('cap')).size).toBe(4);
    for (const result of claims)
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ members: { rule: 'live-runner-cap' } });
  });

  test('gives a life the seat again that it has', async () => {
    const { claim, taken } = prepare(1);
    await claim('life');
    await expect(claim('life')).resolves.toMatchObject([{ isNew: false }]);
    expect(taken('cap')).toEqual(['life']);
  });

  test('gives one life one seat, however many claim for it at once', async () => {
    const { claim, taken } = prepare();
    await Promise.all(Array.from({ length: 20 }, () => claim('life')));
    expect(taken('cap')).toEqual(['life']);
  });

  test('that has been lowered lets nobody in until enough have gone', async () => {
    const { table, claim, taken } = prepare(4);
    for (const life of ['a', 'b', 'c', 'd']) await claim(life);
    const lowered = { cap: capPool(2), others: [] };
    await releaseSeats(table, 'a');
    await releaseSeats(table, 'b');
    await expect(claim('e', 0, lowered)).rejects.toThrow(Problem);
    await releaseSeats(table, 'c');
    await claim('e', 0, lowered);
    expect(taken('cap').toSorted()).toEqual(['d', 'e']);
  });
});

describe('a seat', () => {
  test('that a claimant gives back is gone, but not one that another has claimed again', async () => {
    const { table, claim, taken } = prepare();
    const seats = await claim('life');
    await claim('life');
    await giveBack(table, seats);
    expect(taken('cap')).toEqual(['life']);
    const others = await claim('other');
    await giveBack(table, others);
    expect(taken('cap')).toEqual(['life']);
  });

  test('that a life had before is not given back by whoever finds it', async () => {
    const { table, claim, taken } = prepare();
    await claim('life');
    await giveBack(table, await claim('life'));
    expect(taken('cap')).toEqual(['life']);
  });

  test('of a life of which nothing is left goes back with all its others', async () => {
    const { table, items, ofRun } = prepare();
    await ofRun('rr_runner_1001_1_a');
    expect(items.size).toBe(2);
    await releaseSeats(table, 'rr_runner_1001_1_a_x86_64-1');
    expect(items.size).toBe(0);
  });

  test.each([
    ['no list', '7'],
    ['no JSON', '{'],
    ['nothing of ours', '[null, 3, {"pk":1}]'],
  ])('in which somebody wrote %s is given back all the same', async (_, also) => {
    const { table, items, claim } = prepare();
    await claim('life');
    const [key, seat] = [...items.entries()][0] ?? [];
    if (key !== undefined && seat !== undefined) items.set(key, { ...seat, also });
    await releaseSeats(table, 'life');
    expect(items.size).toBe(0);
  });
});

describe('the quota of a run', () => {
  test('counts all its attempts, and keeps a place for the label that is its own', async () => {
    const { ofRun } = prepare(20);
    await ofRun('rr_runner_1001_1_a');
    await ofRun('rr_runner_1001_2_b');
    await expect(ofRun('rr_runner_1001_2_c')).rejects.toMatchObject({ members: { rule: 'run-quota' } });
    await expect(ofRun('rr_runner_1001_2')).resolves.toHaveLength(2);
    await expect(ofRun('rr_runner_1001_3')).rejects.toMatchObject({ members: { rule: 'run-quota' } });
    await expect(ofRun('rr_runner_1002_1_a')).resolves.toHaveLength(2);
  });

  test('takes nothing of the cap when it refuses, and the cap nothing of the quota', async () => {
    const { ofRun, claim, taken } = prepare(3);
    for (const suffix of ['a', 'b']) await ofRun(`rr_runner_1001_1_${suffix}`);
    await expect(ofRun('rr_runner_1001_1_c')).rejects.toThrow(Problem);
    expect(taken('cap')).toHaveLength(2);
    await claim('life');
    await expect(ofRun('rr_runner_1002_1_a')).rejects.toMatchObject({ members: { rule: 'live-runner-cap' } });
    expect(taken('run#1002#x86_64')).toEqual([]);
  });

  test('gets a place back whose life a crash has left without a seat in the cap, once that is certain', async () => {
    const { items, ofRun } = prepare(20);
    for (const suffix of ['a', 'b']) await ofRun(`rr_runner_1001_1_${suffix}`);
    for (const [key, { pk }] of items) if (pk === 'seats#cap') items.delete(key);
    await expect(ofRun('rr_runner_1001_1_c', 119)).rejects.toThrow(Problem);
    await expect(ofRun('rr_runner_1001_1_c', 120)).resolves.toHaveLength(2);
  });
});
