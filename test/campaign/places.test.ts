import { expect, test } from '@jest/globals';
import { type Place, withoutLike } from './places.ts';

/** A function's runs, each with its calls, as places. */
const runs = (stem: string, callsOfRuns: readonly (readonly string[])[]): readonly Place[] =>
  callsOfRuns.flatMap((calls, nth) => [
    { type: 'lambda' as const, what: stem, nth, invocation: { stem, nth }, isOwn: true },
    ...calls.map((what) => ({ type: 'wire' as const, what, nth, invocation: { stem, nth }, isOwn: true })),
  ]);

const kept = (places: readonly Place[]): readonly string[] =>
  withoutLike(places).map(({ what, invocation: { nth } }) => `${what} ${nth}`);

test('of polls that are alike the first, the second and the last remain, with all their calls', () => {
  const poll = ['ec2 DescribeInstances', 'github GetRunner'];
  expect(kept(runs('check-gone', [poll, poll, poll, poll, poll]))).toEqual(
    [0, 1, 4].flatMap((nth) => [`check-gone ${nth}`, ...poll.map((call) => `${call} ${nth}`)]),
  );
});

test('a poll that makes another call is none of its like', () => {
  const plain = ['ec2 DescribeInstances'];
  const withSecret = ['ec2 DescribeInstances', 'secretsmanager GetSecretValue'];
  expect(kept(runs('check-gone', [plain, plain, plain, withSecret, plain]))).toContain(
    'secretsmanager GetSecretValue 3',
  );
});

test('functions are not alike, whatever they call', () => {
  const places = [...runs('check-idle', [['x y']]), ...runs('check-gone', [['x y']])];
  expect(withoutLike(places)).toEqual(places);
});
