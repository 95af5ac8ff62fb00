import { describe, expect, test } from '@jest/globals';
import { AwsUnavailable } from '../../../functions/domain/errors.ts';
import {
  rememberSeconds,
  usualCacheSeconds,
  usualSeconds,
  usualTime,
} from '../../../functions/domain/status/usual-time.ts';
import type { Item } from '../../../functions/domain/table.ts';
import { later } from '../../functions/fakes/life.ts';
import { fakeTable } from '../../functions/fakes/table.ts';

describe('how long a provision usually takes', () => {
  test.each<[string, readonly number[], number | undefined]>([
    ['is the middle one', [90, 50, 600], 90],
    ['lies between the two in the middle', [40, 60, 50, 900], 55],
    ['is unknown when there are only two', [50, 60], undefined],
    ['is unknown when there is none', [], undefined],
    ['is that of the newest twenty', [...Array(20).fill(50), ...Array(80).fill(900)], 50],
  ])('%s', (_, seconds, usual) => {
    expect(usualSeconds(seconds)).toBe(usual);
  });
});

describe('the question', () => {
  const prepare = (...items: readonly Item[]) => {
    const { table, items: kept } = fakeTable(...items);
    const asked: string[] = [];
    let now = 0;
    const reader = {
      ...table,
      read: (key: { readonly pk: string; readonly sk: string }) => {
        asked.push(key.sk);
        return table.read(key);
      },
    };
    return {
      asked,
      kept,
      table,
      usual: usualTime(reader, () => later(now)),
      pass: (seconds: number) => {
        now += seconds;
      },
    };
  };

  test('is answered by what was remembered, for each architecture by itself', async () => {
    const { table, usual } = prepare();
    for (const seconds of [50, 60.4, 70]) await rememberSeconds(table, 'x86_64', seconds);
    expect(await usual('x86_64')).toBe(60);
    expect(await usual('arm64')).toBeUndefined();
  });

  test('is asked once, and again only after minutes', async () => {
    const { asked, usual, pass } = prepare({ pk: 'usual', sk: 'x86_64', seconds: '50 60 70' });
    expect(await Promise.all([usual('x86_64'), usual('x86_64')])).toEqual([60, 60]);
    pass(usualCacheSeconds - 1);
    await usual('x86_64');
    expect(asked).toHaveLength(1);
    pass(1);
    await usual('x86_64');
    expect(asked).toHaveLength(2);
  });

  test('has no answer while the table is away, and nothing fails for it', async () => {
    const read = () => Promise.reject(new AwsUnavailable('slow down'));
    const usual = usualTime({ ...fakeTable().table, read }, () => later(0));
    await expect(usual('x86_64')).resolves.toBeUndefined();
  });

  test.each<[string, Item['seconds']]>([
    ['words', 'soon later never'],
    ['no list', true],
    ['numbers that are no times', '-5 Infinity NaN'],
  ])('takes %s in an item that somebody edited for nothing', async (_, seconds) => {
    const { usual } = prepare({ pk: 'usual', sk: 'x86_64', seconds: seconds ?? '' });
    await expect(usual('x86_64')).resolves.toBeUndefined();
  });
});

describe('the memory', () => {
  test('holds the newest twenty', async () => {
    const { table, items } = fakeTable();
    for (let seconds = 1; seconds <= 25; seconds += 1) await rememberSeconds(table, 'x86_64', seconds);
    const [kept] = items.values();
    expect(String(kept?.['seconds']).split(' ')).toEqual(
      Array.from({ length: 20 }, (_, k) => String(25 - k)),
    );
  });

  test('leaves one out that was remembered in the same moment as another, and loses none that it had', async () => {
    const { table, items } = fakeTable({ pk: 'usual', sk: 'x86_64', seconds: '50' });
    await Promise.all([60, 70].map((seconds) => rememberSeconds(table, 'x86_64', seconds)));
    expect([...items.values()][0]?.['seconds']).toBe('60 50');
  });
});
