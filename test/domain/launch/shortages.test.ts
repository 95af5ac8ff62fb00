import { expect, test } from '@jest/globals';
import { knownShortages, rememberShortage } from '../../../functions/domain/launch/shortages.ts';
import { fakeTable } from '../../functions/fakes/table.ts';

const now = new Date('2026-03-01T10:00:00Z');
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000);

const refusal = {
  market: 'spot',
  instanceType: 'c5.9xlarge',
  availabilityZone: 'us-east-2a',
  code: 'InsufficientInstanceCapacity',
} as const;

test.each([
  ['known at once', 0, [refusal]],
  ['known for most of a minute', 59, [refusal]],
  ['known to a function whose clock is behind', -5, [refusal]],
  ['forgotten after a minute', 60, []],
])('that a pool had no capacity is %s', async (_, seconds, expected) => {
  const { table } = fakeTable();
  await rememberShortage(table, refusal, now);
  expect(await knownShortages(table, later(seconds))).toEqual(expected);
});

test('each pool of each market has one item, which DynamoDB deletes in the end', async () => {
  const { table, items } = fakeTable();
  for (const market of ['spot', 'on-demand', 'spot'] as const)
    await rememberShortage(table, { ...refusal, market }, now);
  expect([...items.values()].map(({ sk }) => sk)).toEqual([
    'spot#c5.9xlarge#us-east-2a',
    'on-demand#c5.9xlarge#us-east-2a',
  ]);
  expect([...items.values()].every(({ ttl }) => Number(ttl) > now.getTime() / 1_000)).toBe(true);
});

test.each([
  ['a time that is none', { at: 'now' }],
  ['a time far ahead', { at: '2036-03-01T10:00:00.000Z' }],
  ['a market that is none', { market: 'black' }],
  ['a type that is no text', { instanceType: 9 }],
  ['a code that is no text', { code: true }],
])('an item that somebody has edited to %s is as good as none', async (_, edited) => {
  const { table } = fakeTable({ pk: 'shortages', sk: 'spot', ...refusal, at: now.toISOString(), ...edited });
  expect(await knownShortages(table, now)).toEqual([]);
});
