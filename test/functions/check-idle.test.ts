import { expect, test } from '@jest/globals';
import { checkIdle } from '../../functions/check-idle.ts';
import type { Instance, Registration } from '../../functions/domain/ports.ts';
import { deadline, deployment, destroyInput, instance, later, registration } from './fakes/life.ts';

const stepOver = (instances: readonly Instance[], byId: Registration | undefined, seconds = 100) =>
  checkIdle(
    {
      instances: { ofLife: async () => instances },
      registrations: {
        byId: async () => byId,
        byName: async (name) => (byId?.name === name ? byId : undefined),
      },
      clock: () => later(seconds),
    },
    deployment,
  );

const input = {
  ...destroyInput,
  provision: { next: 'end', succeeded: true, deadline: deadline.toISOString() },
  withdrawal: { withdrawnAt: later(0).toISOString() },
} as const;

test('needs a second reading, and passes the first on', async () => {
  const first = await stepOver([instance], registration, 1)(input);
  expect(first).toMatchObject({ next: 'wait', idleSince: later(1).toISOString() });
  await expect(stepOver([instance], registration, 91)({ ...input, idle: first })).resolves.toMatchObject({
    next: 'end',
  });
});

test('waits for a job', async () => {
  const busy = { ...registration, busy: true };
  await expect(stepOver([instance], busy)(input)).resolves.toMatchObject({ next: 'wait-for-job' });
});

test("waits for a job on an instance that EC2 does not show yet, beside the first round's that has ended", async () => {
  const ended: Instance = { ...instance, id: 'i-0', state: 'terminated', registrationId: 6 };
  const provision = { ...input.provision, settledAt: later(120).toISOString() };
  const busy = { ...registration, busy: true };
  await expect(stepOver([ended], busy)({ ...input, provision })).resolves.toMatchObject({
    next: 'wait-for-job',
  });
});

test('asks about live instances only', async () => {
  const ended: Instance = { ...instance, state: 'shutting-down' };
  await expect(stepOver([ended], { ...registration, busy: true })(input)).resolves.toMatchObject({
    next: 'end',
  });
});

test('turns to force at the deadline', async () => {
  await expect(stepOver([instance], registration, 3_600)(input)).resolves.toMatchObject({ next: 'force' });
});
