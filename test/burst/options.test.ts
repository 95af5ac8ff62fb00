import { describe, expect, test } from '@jest/globals';
import { OptionsInvalid, readOptions } from './options.ts';

describe('the options of a burst', () => {
  test('are a thousand runners in an account of a thousand concurrent functions, unless told otherwise', () => {
    expect(readOptions([])).toEqual({ runners: 1_000, seed: 1, lambdaConcurrency: 1_000 });
  });

  test('take the concurrency under both of its names', () => {
    expect(readOptions(['--lambda-concurrency', '10']).lambdaConcurrency).toBe(10);
    expect(readOptions(['--account-concurrency', '10']).lambdaConcurrency).toBe(10);
  });

  test.each([
    [['--runners', '0'], '--runners must be a whole number from 1 to 1000, and is "0"'],
    [['--runners', '1001'], 'and is "1001"'],
    [['--seed', 'x'], '--seed must be a whole number'],
    [['--lambda-concurrency', ''], '--lambda-concurrency must be a whole number'],
    [['--speed', '2'], '--speed'],
  ])('refuse %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(OptionsInvalid);
    expect(() => readOptions(args)).toThrow(message);
  });
});
