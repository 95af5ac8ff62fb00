import { describe, expect, test } from '@jest/globals';
import { checkProvision } from '../../functions/check-provision.ts';
import type { Execution, ExecutionStatus } from '../../functions/domain/ports.ts';
import { deadline, destroyInput, later, life, requestedAt } from './fakes/life.ts';

const execution = (status: ExecutionStatus, input?: unknown): Execution => ({
  name: life,
  status,
  startedAt: requestedAt,
  input,
});
const stepOver = (provision: Execution | undefined, seconds = 60) =>
  checkProvision({ provision: async () => provision }, () => later(seconds), 60);

test('a provision that runs is waited for', async () => {
  await expect(stepOver(execution('RUNNING'))(destroyInput)).resolves.toMatchObject({ next: 'wait' });
});

test.each(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const)(
  'after a provision that %s the life can be ended',
  async (status) => {
    const check = await stepOver(execution(status))(destroyInput);
    expect(check).toMatchObject({ next: 'end', succeeded: status === 'SUCCEEDED' });
  },
);

test('what a provision launched shows after its last function and the lag of EC2', async () => {
  const ended = { ...execution('SUCCEEDED'), stoppedAt: later(40) };
  const check = await stepOver(ended)(destroyInput);
  expect(check.settledAt).toBe(later(40 + 30 + 60).toISOString());
});

test('a life that has no provision can be ended', async () => {
  await expect(stepOver(undefined)(destroyInput)).resolves.toMatchObject({ next: 'end', succeeded: false });
});

test('at the deadline nothing is waited for', async () => {
  await expect(stepOver(execution('RUNNING'), 3_600)(destroyInput)).resolves.toMatchObject({ next: 'force' });
});

test("takes the deadline of the provision's input when its own names none", async () => {
  const { deadline: _, ...unaware } = destroyInput;
  const provision = execution('RUNNING', { deadline: deadline.toISOString() });
  await expect(stepOver(provision, 3_600)(unaware)).resolves.toEqual({
    next: 'force',
    succeeded: false,
    deadline: deadline.toISOString(),
    settledAt: later(3_690).toISOString(),
  });
});

describe('a deadline that somebody made up', () => {
  const madeUp = [later(864_000).toISOString(), '9999-12-31T23:59:59.999Z', 'never', undefined];
  const asking = (end: string | undefined) => {
    const { deadline: _, ...unaware } = destroyInput;
    return { ...unaware, ...(end === undefined ? {} : { deadline: end }) };
  };

  test.each(madeUp)('as %s keeps no life beyond the lifetime of its provision', async (end) => {
    const provision = execution('SUCCEEDED', { deadline: end });
    const check = await stepOver(provision, 3_599)(asking(end));
    expect(check).toMatchObject({ next: 'end', deadline: deadline.toISOString() });
    await expect(stepOver(provision, 3_600)(asking(end))).resolves.toMatchObject({ next: 'force' });
  });

  test.each(madeUp)(
    'as %s keeps one without a provision no longer than that from the first check',
    async (end) => {
      const first = await stepOver(undefined, 0)(asking(end));
      expect(first).toMatchObject({ next: 'end', deadline: deadline.toISOString() });
      const later = await stepOver(undefined, 3_600)({ ...asking(end), provision: first });
      expect(later).toMatchObject({ next: 'force' });
    },
  );

  test('does not put off the one that its provision was given', async () => {
    const provision = execution('SUCCEEDED', { deadline: later(1_200).toISOString() });
    const check = await stepOver(provision, 1_200)(asking(deadline.toISOString()));
    expect(check).toMatchObject({ next: 'force' });
  });
});
