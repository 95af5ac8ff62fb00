import { describe, expect, test } from '@jest/globals';
import { ofThisMinute } from '../../../functions/domain/queue/rotation.ts';

const at = (minute: number) => () => new Date(minute * 60_000);

describe('a rotation', () => {
  test('gives all of few, every minute', () => {
    expect(ofThisMinute([1, 2, 3], 3, at(7))).toEqual([1, 2, 3]);
  });

  test.each([10, 11, 12, 97])('gives each of %i its turn before one has it three times', (count) => {
    const items = Array.from({ length: count }, (_, index) => index);
    const minutes = Math.ceil(count / 5) + 1;
    const seen = Array.from({ length: minutes }, (_, minute) => ofThisMinute(items, 5, at(minute))).flat();
    expect(new Set(seen)).toEqual(new Set(items));
    expect(seen).toHaveLength(5 * minutes);
  });
});
