import { describe, expect, test } from '@jest/globals';
import { nextTry, readTries, triesItem, triesKey } from '../../../functions/domain/queue/tries.ts';

const at = new Date('2026-03-01T10:00:00Z');
const later = (seconds: number) => new Date(at.getTime() + seconds * 1_000);
const tried = (count: number, jobs = [7]) => ({ count, at, jobs });

describe('a job that waits', () => {
  test('is worth a first life', () => {
    expect(nextTry(undefined, [7], false, at)).toEqual(tried(1));
  });

  test('is worth three lives in a row and no more', () => {
    expect(nextTry(tried(1), [7], false, later(1))).toMatchObject({ count: 2 });
    expect(nextTry(tried(2), [7], false, later(1))).toMatchObject({ count: 3 });
    expect(nextTry(tried(3), [7], false, later(9_999))).toBe('enough');
  });

  test('waits for five minutes after a life that failed', () => {
    expect(nextTry(tried(1), [7], true, later(299))).toBe('later');
    expect(nextTry(tried(1), [7], true, later(300))).toMatchObject({ count: 2 });
  });

  test('is counted anew once another that waited with it waits no more: a life has served', () => {
    expect(nextTry(tried(3, [7, 8]), [8, 9], true, later(1))).toEqual({
      count: 1,
      at: later(1),
      jobs: [8, 9],
    });
  });
});

describe('what is kept of tries', () => {
  const key = triesKey('RR_Runner_1001_1', 'x86_64');

  test('is read as it was written, whatever the case of the label', () => {
    expect(key.pk).toBe('queue#rr_runner_1001_1');
    expect(readTries(triesItem(key, tried(2)))).toEqual(tried(2));
  });

  test.each<[string, object]>([
    ['no count', { count: 'many' }],
    ['no date', { at: 'once' }],
  ])('says nothing with %s', (_, change) => {
    expect(readTries({ ...triesItem(key, tried(2)), ...change })).toBeUndefined();
  });

  test('names no jobs when somebody has written them by hand', () => {
    expect(readTries({ ...triesItem(key, tried(2)), jobs: '{' })).toEqual(tried(2, []));
  });
});
