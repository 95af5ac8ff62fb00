import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Lane, nextTurn } from '../../../functions/domain/launch/turns.ts';
import type { Item, Table } from '../../../functions/domain/table.ts';
import { fakeTable } from '../../functions/fakes/table.ts';

const now = new Date('2026-03-01T10:00:00.200Z');
const turn = 1_000 * 60 * 60;
const cap = 20;

/** Milliseconds from now to each turn. */
const take = async (table: Table, lanes: readonly Lane[], at = now, liveRunnerCap = cap) => {
  const taken = lanes.map((lane) => nextTurn({ table, clock: () => at }, lane, liveRunnerCap));
  return (await Promise.all(taken)).map((moment) => moment.getTime() - at.getTime());
};

const times = (count: number, lane: Lane): readonly Lane[] => Array.from({ length: count }, () => lane);

const halfSeconds = (moment: string): number => new Date(moment).getTime() / 500;

/** A table whose writes happen one after another, each at a moment of its own, and in an order that is drawn. */
const shuffled = (table: Table, scheduler: fc.Scheduler): Table => {
  const later = <T>(work: () => Promise<T>): Promise<T> => scheduler.schedule(Promise.resolve()).then(work);
  return {
    ...table,
    change: (...given) => later(() => table.change(...given)),
    put: (...given) => later(() => table.put(...given)),
  };
};

describe('a turn', () => {
  test('is the next half second when nobody waits', async () => {
    expect(await take(fakeTable().table, ['first'])).toEqual([300]);
  });

  test('comes half a second after the one before it', async () => {
    expect(await take(fakeTable().table, times(4, 'first'))).toEqual([300, 800, 1_300, 1_800]);
  });

  test('never lies in the past, however long ago the last one was', async () => {
    const { table } = fakeTable();
    await take(table, times(3, 'first'), new Date(now.getTime() - turn));
    expect(await take(table, ['first'])).toEqual([300]);
  });

  test('is one of two seconds for lives that seek capacity again', async () => {
    const [first = 0, ...others] = await take(fakeTable().table, times(4, 'again'));
    expect(first).toBeLessThanOrEqual(2_300);
    expect(others.map((ms) => ms - first)).toEqual([2_000, 4_000, 6_000]);
  });

  test('of a life that seeks capacity again lies behind all that were asked for before', async () => {
    const { table } = fakeTable();
    const firsts = await take(table, times(100, 'first'));
    const [again = 0] = await take(table, ['again']);
    expect(again).toBeGreaterThan(Math.max(...firsts));
  });

  test('is given to first launches at once though many seek capacity again', async () => {
    const { table } = fakeTable();
    const again = await take(table, times(50, 'again'));
    const first = await take(table, times(9, 'first'));
    expect(Math.max(...first)).toBeLessThanOrEqual(6_300);
    expect(first.filter((ms) => again.includes(ms))).toEqual([]);
  });

  test.each<[string, Partial<Item>]>([
    ['a text', { nextFirst: 'soon', nextAgain: 'later' }],
    ['a fraction', { nextFirst: halfSeconds('2026-03-01T10:00:05Z') + 0.3 }],
    ['a truth', { nextFirst: true, nextAgain: false }],
    ['a negative number', { nextFirst: -5, nextAgain: -5 }],
    ['tomorrow', { nextFirst: halfSeconds('2026-03-02T10:00:00Z') }],
    ['the end of time', { nextFirst: 9e15, nextAgain: 9e15 }],
  ])('is one all the same when somebody has written %s into the table', async (_, edited) => {
    for (const lane of ['first', 'again'] as const) {
      const { table } = fakeTable({ pk: 'turns', sk: 'launch', ...edited } as Item);
      const moments = await take(table, times(6, lane));
      expect(Math.min(...moments)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...moments)).toBeLessThan(20_000);
    }
  });

  test('is as far ahead as a whole deployment of lives can wait, and no further', async () => {
    const { table } = fakeTable();
    const moments = await take(table, times(1_000, 'first'), now, 1_000);
    expect(new Set(moments).size).toBe(1_000);
    expect(Math.max(...moments)).toBe(300 + 999 * 500);
  });
});

const lane = fc.constantFrom<Lane>('first', 'again');

test('nobody shares a turn, and no four turns in a row are of more than one that seeks capacity again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(
        fc.record({ lanes: fc.array(lane, { maxLength: 12 }), pauseMs: fc.integer({ min: 0, max: 9_000 }) }),
        { maxLength: 5 },
      ),
      async (scheduler, waves) => {
        const table = shuffled(fakeTable().table, scheduler);
        const moments: { lane: Lane; at: number }[] = [];
        let at = now;
        for (const { lanes, pauseMs } of waves) {
          at = new Date(at.getTime() + pauseMs);
          const asked = take(table, lanes, at);
          await scheduler.waitFor(asked);
          for (const [index, ms] of (await asked).entries()) {
            expect(ms).toBeGreaterThanOrEqual(0);
            moments.push({ lane: lanes[index] ?? 'first', at: at.getTime() + ms });
          }
        }
        expect(new Set(moments.map((moment) => moment.at)).size).toBe(moments.length);
        const again = moments.filter((moment) => moment.lane === 'again').map((moment) => moment.at / 500);
        expect(new Set(again.map((number) => Math.floor(number / 4))).size).toBe(again.length);
      },
    ),
    { numRuns: 200 },
  );
});
