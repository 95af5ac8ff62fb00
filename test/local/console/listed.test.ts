import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matching, pageOf, textIn } from '../../../local/console/listed.ts';

const names = ['spot c5 ready', 'On-Demand c5 failed', 'spot c6g busy'];

describe('a filter', () => {
  test.each([
    ['', names],
    ['  ', names],
    ['c5', ['spot c5 ready', 'On-Demand c5 failed']],
    ['READY spot', ['spot c5 ready']],
    ['on-demand', ['On-Demand c5 failed']],
    ['spot failed', []],
  ])('of "%s" leaves what has all of its words', (wanted, left) => {
    expect(matching(names, wanted)).toEqual(left);
  });

  test('looks into whatever an item holds, and not at the names of its fields', () => {
    const item = { readyAt: 5, instances: [{ market: 'spot', none: null }], gone: undefined };

    expect(textIn(item)).toBe('5 spot  ');
  });
});

describe('a page', () => {
  const items = Array.from({ length: 203 }, (_, index) => index);

  test.each([
    [1, 0, 20, 1],
    [11, 200, 3, 11],
    [99, 200, 3, 11],
    [0, 0, 20, 1],
    [-4, 0, 20, 1],
    [Number.NaN, 0, 20, 1],
    [2.7, 20, 20, 2],
  ])('%d of 203 items begins at %d', (page, from, length, number) => {
    const { shown, ...place } = pageOf(items, page, 20);

    expect(shown).toHaveLength(length);
    expect(place).toEqual({ from, number, count: 11 });
  });

  test('of nothing is one, and empty', () => {
    expect(pageOf([], 1, 20)).toEqual({ shown: [], number: 1, count: 1, from: 0 });
  });

  test('after page shows every item once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 30 }), (all, size) => {
        const { count } = pageOf(all, 1, size);
        const pages = Array.from({ length: count }, (_, index) => pageOf(all, index + 1, size).shown);
        expect(pages.flat()).toEqual(all);
      }),
    );
  });
});
