import { expect, test } from '@jest/globals';
import { InputInvalid } from '../../functions/domain/errors.ts';
import type { Scheduler } from '../../functions/domain/ports.ts';
import { scheduleDestroy } from '../../functions/schedule-destroy.ts';
import { classes } from './fakes/classes.ts';
import { deadline, deployment, later, life, provisionInput, requestedAt } from './fakes/life.ts';

const prepare = (now = requestedAt) => {
  const created: unknown[] = [];
  const scheduler: Scheduler = {
    create: async (...schedule) => {
      created.push(schedule);
    },
  };
  const settings = { deployment, labelPrefix: 'rr_runner_', classes };
  return { created, step: scheduleDestroy({ scheduler, clock: () => now }, settings) };
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
    /the id that the label has/,
  ],
  ['a deadline that is no time', { deadline: 'soon' }, /deadline must be/],
  ['a deadline beyond the lifetime', { deadline: later(3_601).toISOString() }, /at most 60 minutes/],
  ['a class that the deployment has not', { class: 'small' }, /class must be one of default, big$/],
  ['a class that is a word of the language', { class: 'constructor' }, /class must be one of default, big$/],
  [
    'a deadline beyond its class’s lifetime',
    { class: 'big', deadline: later(240 * 60 + 1).toISOString() },
    /at most 240 minutes/,
  ],
  ['no deadline', { deadline: undefined as never }, /deadline must be/],
  ['a deadline in another zone', { deadline: '2026-03-01T10:30:00+14:00' }, /deadline must be a time in UTC/],
  ['a deadline without a zone', { deadline: '2026-03-01T10:30:00' }, /deadline must be a time in UTC/],
  [
    'a deadline on a day that is none',
    { deadline: '2026-02-30T10:30:00Z' },
    /deadline must be a time in UTC/,
  ],
  ['a deadline as a number', { deadline: 1_772_361_000_000 as never }, /deadline must be a time in UTC/],
  ['a deadline that has passed', { deadline: later(-60).toISOString() }, /deadline must lie ahead/],
  ['no time of its request', { requestedAt: undefined as never }, /requestedAt must be/],
  [
    'both dates ten days ahead',
    { requestedAt: later(864_000).toISOString(), deadline: later(867_600).toISOString() },
    /requestedAt must not lie ahead/,
  ],
  [
    'both dates in the year 9999',
    { requestedAt: '9999-12-31T23:00:00.000Z', deadline: '9999-12-31T23:59:59.999Z' },
    /requestedAt must not lie ahead/,
  ],
  [
    'both dates in a year of six digits',
    { requestedAt: '+010000-01-01T00:00:00Z', deadline: '+010000-01-01T01:00:00Z' },
    /requestedAt must be a time in UTC/,
  ],
  [
    'both dates in the past',
    { requestedAt: later(-864_000).toISOString(), deadline: later(-860_400).toISOString() },
    /deadline must lie ahead/,
  ],
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

test('schedules a class’s end within its own lifetime', async () => {
  const { created, step } = prepare();
  await step({ ...provisionInput, class: 'big', deadline: later(240 * 60).toISOString() });
  expect(created).toEqual([[expect.anything(), later(240 * 60), expect.anything()]]);
});

test('takes an execution whose first step comes late, and not its deadline for later', async () => {
  const { created, step } = prepare(later(1_800));
  await step(provisionInput);
  expect(created).toEqual([[expect.anything(), deadline, expect.anything()]]);
});

test('allows a clock to be half a minute behind another, and then schedules for the earlier end', async () => {
  const { created, step } = prepare(later(-30));
  await step(provisionInput);
  expect(created).toEqual([[expect.anything(), later(3_570), expect.anything()]]);
});
