import { describe, expect, test } from '@jest/globals';
import { AwsUnavailable, GitHubUnavailable } from '../../../functions/domain/errors.ts';
import { sharedReading } from '../../../functions/domain/readings/shared-reading.ts';
import { fakeTable } from '../../functions/fakes/table.ts';

const start = Date.parse('2026-03-01T10:00:00Z');

const isNumber = (row: unknown): number | undefined => (typeof row === 'number' ? row : undefined);

const scene = () => {
  const { table, items } = fakeTable();
  let seconds = 0;
  let asked = 0;
  let answer: () => Promise<readonly number[]> = async () => [asked];
  const ask = async () => {
    asked += 1;
    return answer();
  };
  const clock = () => new Date(start + seconds * 1_000);
  const reader = () => sharedReading('numbers', { table, clock, ask, parse: isNumber });
  return {
    table,
    items,
    reader,
    later: (by: number) => {
      seconds += by;
    },
    answering: (next: () => Promise<readonly number[]>) => {
      answer = next;
    },
    asked: () => asked,
  };
};

describe('a shared reading', () => {
  test('is read once for all who accept its age', async () => {
    const { reader, later, asked } = scene();
    await reader().read(30);
    later(30);
    expect(await reader().read(30)).toEqual({ rows: [1], askedAt: new Date(start) });
    expect(asked()).toBe(1);
  });

  test('is made anew for whoever wants it younger', async () => {
    const { reader, later } = scene();
    await reader().read(30);
    later(31);
    expect((await reader().read(30))?.rows).toEqual([2]);
    later(5);
    expect((await reader().read(30))?.rows).toEqual([2]);
  });

  test('has one reader at a time: the others get the last one, or none, and do not wait', async () => {
    const { reader, later, answering, asked } = scene();
    const slow = Promise.withResolvers<readonly number[]>();
    answering(() => slow.promise);
    const first = reader().read(0);
    expect(await reader().read(0)).toBeUndefined();
    slow.resolve([7]);
    expect((await first)?.rows).toEqual([7]);
    later(60);
    const slower = Promise.withResolvers<readonly number[]>();
    answering(() => slower.promise);
    const second = reader().read(0);
    expect((await reader().read(0))?.rows).toEqual([7]);
    slower.resolve([8]);
    await second;
    expect(asked()).toBe(2);
  });

  test('counts its age from the beginning of the request', async () => {
    const { reader, later, answering } = scene();
    answering(async () => {
      later(20);
      return [1];
    });
    expect((await reader().read(30))?.askedAt).toEqual(new Date(start));
  });

  test('is read by another when its reader died', async () => {
    const { reader, later, answering } = scene();
    const asking = Promise.withResolvers<void>();
    answering(() => {
      asking.resolve();
      return new Promise(() => undefined);
    });
    void reader().read(0);
    await asking.promise;
    later(36);
    answering(async () => [3]);
    expect((await reader().read(0))?.rows).toEqual([3]);
  });

  test('lets the next one try at once when GitHub failed', async () => {
    const { reader, answering } = scene();
    answering(async () => {
      throw new GitHubUnavailable('away');
    });
    await expect(reader().read(0)).rejects.toThrow('away');
    answering(async () => [4]);
    expect((await reader().read(0))?.rows).toEqual([4]);
  });

  test('a reader that was late for its lease changes nothing', async () => {
    const { reader, later, answering, asked } = scene();
    const late = Promise.withResolvers<readonly number[]>();
    answering(() => late.promise);
    const first = reader().read(0);
    while (asked() === 0) await Promise.resolve();
    later(36);
    answering(async () => [2]);
    await reader().read(0);
    late.resolve([1]);
    await first;
    expect((await reader().read(60))?.rows).toEqual([2]);
    expect(asked()).toBe(2);
  });

  test('is not kept from its next reader by a lease that somebody wrote by hand', async () => {
    const { table, reader, answering } = scene();
    await table.put({ pk: 'reading#numbers', sk: 'head', leaseUntil: 'never', lease: 'mine' });
    answering(async () => [5]);
    expect((await reader().read(0))?.rows).toEqual([5]);
  });

  test('fails as GitHub did, also when the table is away by then', async () => {
    const { table, reader, answering } = scene();
    answering(async () => {
      table.change = async () => {
        throw new AwsUnavailable('the table is away');
      };
      throw new GitHubUnavailable('GitHub is away');
    });
    await expect(reader().read(0)).rejects.toThrow('GitHub is away');
  });

  test('has bounded pages, and is whole or not at all', async () => {
    const { reader, items, answering } = scene();
    const many = Array.from({ length: 1_201 }, (_, index) => index);
    answering(async () => many);
    await reader().read(0);
    expect((await reader().read(60))?.rows).toEqual(many);
    expect([...items.values()].filter(({ sk }) => sk !== 'head')).toHaveLength(3);
    items.delete('reading#numbers a1');
    answering(async () => [9]);
    expect((await reader().read(60))?.rows).toEqual([9]);
  });

  test.each([
    ['an unknown side', 'head', { side: 'c' }],
    ['pages that are no number', 'head', { pages: 'many' }],
    ['a time that is none', 'head', { askedAt: 'yesterday' }],
    ['rows that are no JSON', 'a0', { rows: '[1' }],
    ['rows that are no list', 'a0', { rows: '{}' }],
  ])('is made anew over an item that somebody gave %s', async (_, sk, change) => {
    const { reader, items } = scene();
    await reader().read(0);
    const key = `reading#numbers ${sk}`;
    const item = items.get(key);
    if (item !== undefined) items.set(key, { ...item, ...change });
    expect((await reader().read(60))?.rows).toEqual([2]);
  });

  test('leaves out rows that are none', async () => {
    const { reader, items } = scene();
    await reader().read(0);
    const item = items.get('reading#numbers a0');
    if (item !== undefined) items.set('reading#numbers a0', { ...item, rows: '[1,"two",3]' });
    expect((await reader().read(60))?.rows).toEqual([1, 3]);
  });

  test('fails as the table does', async () => {
    const { table, reader } = scene();
    table.read = async () => {
      throw new AwsUnavailable('the table is away');
    };
    await expect(reader().read(0)).rejects.toThrow(AwsUnavailable);
  });
});
