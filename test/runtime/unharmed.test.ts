import { expect, test } from '@jest/globals';
import { AwsUnavailable } from '../../functions/domain/errors.ts';
import { unharmed } from '../../functions/runtime/unharmed.ts';

const prepare = () => {
  const logged: unknown[] = [];
  return { logged, log: (decision: string, details?: object) => void logged.push([decision, details]) };
};

test('what is done is not spoken of', async () => {
  const { logged, log } = prepare();
  await unharmed(log, 'the status', async () => 'done');
  expect(logged).toEqual([]);
});

test('what fails is logged, and nothing else fails', async () => {
  const { logged, log } = prepare();
  await unharmed(log, 'the status', () => Promise.reject(new AwsUnavailable('away')));
  expect(logged).toEqual([['left undone', { what: 'the status', reason: 'AwsUnavailable: away' }]]);
});

test('what never answers is waited for no longer than some seconds', async () => {
  const { logged, log } = prepare();
  await unharmed(log, 'the status', () => Promise.withResolvers<void>().promise);
  expect(logged).toEqual([['left undone', { what: 'the status', reason: expect.stringMatching(/4000 ms/) }]]);
});
