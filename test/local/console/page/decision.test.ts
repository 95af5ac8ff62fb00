import { describe, expect, test } from '@jest/globals';
import { decisionOf } from '../../../../local/console/page/decision.ts';
import type { Visit } from '../../../../local/console/page/visits.ts';

const refusal = { market: 'spot', instanceType: 'c5.9xlarge', availabilityZone: 'us-east-2a', code: 'X' };
const search = { next: 'spot', poolIndex: 0, refusals: [], pools: [] };

const visit = (input: unknown, output: unknown): Visit => ({
  index: 0,
  state: 'RequestSpotInstance',
  type: 'Task',
  enteredAt: 0,
  input,
  output,
  failures: [],
});

const asked = (after: object, before: object = search) =>
  decisionOf(visit({ search: before }, { search: { ...search, ...after } }));

describe('what a state decided', () => {
  test('is a refusal and what comes next, when EC2 had no room', () => {
    const refusals = [refusal];

    expect(asked({ next: 'spot', poolIndex: 1, refusals })).toBe('refused, next pool');
    expect(asked({ next: 'on-demand', refusals })).toBe('refused, next on-demand');
    expect(asked({ next: 'wait', refusals })).toBe('refused, then wait');
  });

  test('is a refusal on-demand too, and when the same pool refuses again', () => {
    const onDemand = { ...refusal, market: 'on-demand' };
    const before = { ...search, next: 'on-demand', refusals: [onDemand, refusal] };

    expect(asked({ next: 'on-demand', poolIndex: 1, refusals: [onDemand] }, before)).toBe(
      'refused, next pool',
    );
    expect(asked({ next: 'wait', refusals: [refusal, onDemand] }, before)).toBe('refused, then wait');
  });

  test('is the launch, whatever was refused before', () => {
    expect(asked({ next: 'launched', refusals: [refusal] }, { ...search, refusals: [refusal] })).toBe(
      'launched',
    );
  });

  test('is the word that the next state compares', () => {
    expect(decisionOf(visit({}, { search }))).toBe('spot');
    expect(decisionOf(visit({}, { check: { outcome: 'waiting' } }))).toBe('waiting');
    expect(decisionOf(visit({}, { round: { markets: 'spot-first' } }))).toBe('spot-first');
  });

  test('is nothing when it wrote nothing, or no word', () => {
    expect(decisionOf(visit({ a: 1 }, { a: 1 }))).toBe('');
    expect(decisionOf(visit({}, { image: { id: 'ami-1' }, list: [1], text: 'x' }))).toBe('');
  });
});
