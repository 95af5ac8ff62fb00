import { expect, test } from '@jest/globals';
import type { Registration } from '../../functions/domain/ports.ts';
import { withdrawLabels } from '../../functions/withdraw-labels.ts';
import { deployment, destroyInput, instance, later, registration } from './fakes/life.ts';

const prepare = (
  byName: readonly Registration[],
  shown = [instance],
  outcome: 'withdrawn' | 'gone' = 'withdrawn',
) => {
  const withdrawn: number[] = [];
  const ports = {
    instances: { ofLife: async () => shown },
    registrations: {
      byName: async (name: string) => byName.find((known) => known.name === name),
    },
    withdrawer: {
      withdrawLabels: async (id: number) => {
        withdrawn.push(id);
        return outcome;
      },
    },
    clock: () => later(100),
  };
  return { withdrawn, step: withdrawLabels(ports, deployment) };
};

test('takes the labels of a registration away, once, however it was found', async () => {
  const { withdrawn, step } = prepare([registration]);
  await expect(step(destroyInput)).resolves.toEqual({
    withdrawnAt: later(100).toISOString(),
    registrationIds: [7],
  });
  expect(withdrawn).toEqual([7]);
});

test('finds the registration by its name when its launch was never heard of', async () => {
  const { withdrawn, step } = prepare([registration], []);
  await step(destroyInput);
  expect(withdrawn).toEqual([7]);
});

test('does not take labels for withdrawn whose registration GitHub does not show', async () => {
  const unseen = prepare([], []);
  await expect(unseen.step(destroyInput)).resolves.toMatchObject({ registrationIds: [] });
  const lost = prepare([], [instance], 'gone');
  await expect(lost.step(destroyInput)).resolves.toMatchObject({ registrationIds: [] });
});
