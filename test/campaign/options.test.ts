import { expect, test } from '@jest/globals';
import { readOptions } from './options.ts';

test('a campaign has a thousand lives of seed 1 unless told otherwise', () => {
  expect(readOptions([])).toEqual({
    lives: 1_000,
    seed: 1,
    isExhaustive: false,
    oneOf: 1,
    without: [],
  });
});

test('options are read as they are given, layers one by one or together', () => {
  expect(readOptions(['--lives', '5000', '--seed', '7', '--life', '4711'])).toMatchObject({
    lives: 5_000,
    seed: 7,
    life: 4_711,
  });
  expect(readOptions(['--exhaustive', '--one-of', '5'])).toMatchObject({ isExhaustive: true, oneOf: 5 });
  expect(readOptions(['--without', 'schedule', '--without', 'sweep']).without).toEqual(['schedule', 'sweep']);
  expect(readOptions(['--without', 'schedule,sweep']).without).toEqual(['schedule', 'sweep']);
});

test.each([
  [['--lives', '0'], '--lives must be a whole number, at least 1'],
  [['--lives', 'many'], '--lives must be'],
  [['--seed', '-1'], "'--seed"],
  [['--exhaustive', '--one-of', '0'], '--one-of must be a whole number, at least 1'],
  [['--without', 'luck'], '--without must be one of shutdown, schedule, sweep'],
  [['--fast'], '--fast'],
  [['everything'], 'everything'],
])('%j is refused, and the option named', (args, text) => {
  expect(() => readOptions(args)).toThrow(text);
});
