import { expect, test } from '@jest/globals';
import { CapacityUnavailable } from '../../functions/domain/errors.ts';
import { launchIn, launchInput } from './fakes/launch.ts';

const lastPool = { ...launchInput, search: { ...launchInput.search, poolIndex: 1 } };
const noCapacity = { kind: 'no-capacity', code: 'InsufficientInstanceCapacity' } as const;

test('asks for an on-demand instance', async () => {
  const { requests, step } = launchIn('on-demand');
  await expect(step(launchInput)).resolves.toMatchObject({
    next: 'launched',
    instance: { market: 'on-demand' },
  });
  expect(requests).toMatchObject([{ market: 'on-demand' }]);
});

test('waits after the last pool, and all pools are asked again', async () => {
  const { step } = launchIn('on-demand', { answer: noCapacity });
  await expect(step(lastPool)).resolves.toMatchObject({ next: 'wait', poolIndex: 0 });
});

test('fails after ten minutes with the codes that it met', async () => {
  const { step } = launchIn('on-demand', { answer: noCapacity, seconds: 600 });
  const outcome = step(lastPool);
  await expect(outcome).rejects.toThrow(CapacityUnavailable);
  await expect(outcome).rejects.toThrow(/on-demand c5.9xlarge in us-east-2b: InsufficientInstanceCapacity/);
});
