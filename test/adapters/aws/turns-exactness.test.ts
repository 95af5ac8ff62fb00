import { expect, jest, test } from '@jest/globals';
import { type Lane, nextTurn } from '../../../functions/domain/launch/turns.ts';
import { fakeDynamodb } from './fake-dynamodb.ts';

jest.setTimeout(60_000);

const clock = () => new Date('2026-03-01T10:00:00Z');
const cap = 200;

/** As many as may be live at once, every fifth of which has been all round the pools. */
const lanes = Array.from({ length: cap }, (_, index): Lane => (index % 5 === 0 ? 'again' : 'first'));

test('two hundred lives that ask DynamoDB in one moment get two hundred turns', async () => {
  const { table } = await fakeDynamodb();
  const moments = await Promise.all(lanes.map((lane) => nextTurn({ table, clock }, lane, cap)));
  expect(new Set(moments.map((moment) => moment.getTime())).size).toBe(cap);
  expect(Math.max(...moments.map(Number)) - Number(clock())).toBeLessThan(cap * 1_000);
});

test.each([
  ['texts', { nextFirst: 'soon', nextAgain: 'later' }],
  ['the end of time', { nextFirst: 9e15, nextAgain: 9e15 }],
])('turns that somebody has made %s begin anew in DynamoDB too', async (_, edited) => {
  const { table } = await fakeDynamodb();
  for (const lane of ['first', 'again'] as const) {
    await table.put({ pk: 'turns', sk: 'launch', ...edited });
    const moment = await nextTurn({ table, clock }, lane, cap);
    expect(moment.getTime() - clock().getTime()).toBeLessThan(2_500);
  }
});
