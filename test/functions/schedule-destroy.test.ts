import { expect, test } from '@jest/globals';
import { InputInvalid } from '../../functions/domain/errors.ts';
import type { Scheduler } from '../../functions/domain/ports.ts';
import { scheduleDestroy } from '../../functions/schedule-destroy.ts';
import { deadline, deployment, later, life, provisionInput } from './fakes/life.ts';

const prepare = () => {
  const created: unknown[] = [];
  const scheduler: Scheduler = {
    create: async (...schedule) => {
      created.push(schedule);
    },
  };
  const settings = { deployment, labelPrefix: 'rr_runner_', lifetimeMinutes: 60 };
  return { created, step: scheduleDestroy(scheduler, settings) };
};

test('schedules a forced destroy of this life at its deadline', async () => {
  const { created, step } = prepare();
  await expect(step(provisionInput)).resolves.toEqual({
    name: `${life}-${deployment}`,
    at: deadline.toISOString(),
  });
  const destroy = {
    life,
    deployment,
    reason: 'deadline',
    mode: 'forced',
    deadline: deadline.toISOString(),
  };
  expect(created).toEqual([[`${life}-${deployment}`, deadline, destroy]]);
});

test.each([
  ['a label of another prefix', { label: 'gpu_1' }, /label must start with/],
  ['a name that is not the life of its label', { life: 'rr_runner_other_x86_64-1' }, /life must be/],
  ['an unknown architecture', { architecture: 'riscv' as 'arm64' }, /architecture must be/],
  ['a run that is none', { run: 7 as never }, /run must have the repository/],
  [
    'a run that is not the label’s',
    { run: { repository: 'rr-debugger/rr', id: 1001, attempt: 1 } },
    /id and attempt that the label has/,
  ],
  ['a deadline that is no time', { deadline: 'soon' }, /deadline must be/],
  ['a deadline beyond the lifetime', { deadline: later(3_601).toISOString() }, /at most 60 minutes/],
])('refuses an execution that was started with %s', async (_, change, message) => {
  const { created, step } = prepare();
  const outcome = step({ ...provisionInput, ...change });
  await expect(outcome).rejects.toThrow(InputInvalid);
  await expect(outcome).rejects.toThrow(message);
  expect(created).toEqual([]);
});

test('takes an execution for the run that its label names', async () => {
  const { created, step } = prepare();
  const run = { repository: 'rr-debugger/rr', id: 1001, attempt: 2 };
  const own = { label: 'rr_runner_1001_2', life: 'rr_runner_1001_2_x86_64-1', run };
  await step({ ...provisionInput, ...own });
  expect(created).toHaveLength(1);
  for (const other of [
    { ...run, attempt: 1 },
    { ...run, id: 100 },
    { ...run, repository: 'rr' },
  ])
    await expect(step({ ...provisionInput, ...own, run: other })).rejects.toThrow(InputInvalid);
});
