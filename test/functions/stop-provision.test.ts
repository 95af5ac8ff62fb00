import { expect, test } from '@jest/globals';
import { stopProvision } from '../../functions/stop-provision.ts';
import { destroyInput, life } from './fakes/life.ts';

test.each([
  ['deadline', 'The deadline has come.'],
  ['sweep', 'The life is destroyed by force.'],
] as const)('stops the provision and says why, for %s', async (reason, cause) => {
  const stopped: unknown[] = [];
  const step = stopProvision({ stop: async (...call) => void stopped.push(call) });
  await expect(step({ ...destroyInput, reason })).resolves.toEqual({ stopped: life });
  expect(stopped).toEqual([[life, cause]]);
});
