import { expect, test } from '@jest/globals';
import { deleteSchedule } from '../../functions/delete-schedule.ts';
import { deployment, destroyInput, life } from './fakes/life.ts';

test("deletes this life's schedule and no other, and then the table is told that nothing is left", async () => {
  const deleted: string[] = [];
  const step = deleteSchedule(
    {
      schedules: { delete: async (name) => void deleted.push(name) },
      forget: async (gone) => void deleted.push(`forget ${gone}`),
    },
    deployment,
  );
  await expect(step(destroyInput)).resolves.toEqual({ deleted: `${life}-${deployment}` });
  expect(deleted).toEqual([`${life}-${deployment}`, `forget ${life}`]);
});
