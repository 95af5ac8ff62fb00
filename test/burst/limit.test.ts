import { describe, expect, test } from '@jest/globals';
import { limitOf } from './limit.ts';

describe('the limit of a burst', () => {
  test('is the longest boot while the buckets are full', () => {
    expect(limitOf([40, 90, 35])).toEqual({ seconds: 90, binding: 'boot' });
  });

  test('counts two launches a second once the five of the bucket are used', () => {
    expect(limitOf(Array.from({ length: 205 }, () => 30))).toEqual({ seconds: 130, binding: 'RunInstances' });
  });

  test('is that of the runner whose launch and boot together end last', () => {
    const boots = [...Array.from({ length: 9 }, () => 30), 90, 30];
    expect(limitOf(boots)).toEqual({ seconds: 92.5, binding: 'RunInstances' });
  });

  test('names another ration when that one decides', () => {
    const scarce = [{ name: 'scarce', size: 1, refillPerSecond: 0.1, cost: 1 }];
    expect(limitOf([30, 30, 30], scarce)).toEqual({ seconds: 50, binding: 'scarce' });
  });
});
