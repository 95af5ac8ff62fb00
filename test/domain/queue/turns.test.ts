import { describe, expect, test } from '@jest/globals';
import { turnsOfThisMinute } from '../../../functions/domain/queue/turns.ts';

const at = (minute: number) => () => new Date(minute * 60_000);
const alone = () => 'one';

describe('turns', () => {
  test('are for all of few, every minute', () => {
    expect(turnsOfThisMinute([1, 2, 3], alone, 3, at(7))).toEqual([1, 2, 3]);
  });

  test.each([10, 11, 12, 97])('come to each of %i before one has had three', (count) => {
    const items = Array.from({ length: count }, (_, index) => index);
    const minutes = Math.ceil(count / 5) + 1;
    const seen = Array.from({ length: minutes }, (_, minute) =>
      turnsOfThisMinute(items, alone, 5, at(minute)),
    ).flat();
    expect(new Set(seen)).toEqual(new Set(items));
    expect(seen).toHaveLength(5 * minutes);
  });

  test('come to the one of a small group each minute, whatever the others have', () => {
    const items = [...Array.from({ length: 500 }, (_, index) => `busy ${index}`), 'calm'];
    for (let minute = 0; minute < 60; minute += 1)
      expect(turnsOfThisMinute(items, (item) => item.slice(0, 4), 20, at(minute))).toContain('calm');
  });
});
