import { expect, test } from '@jest/globals';
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
  checkProvision({ provision: async () => provision }, () => later(seconds));

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
