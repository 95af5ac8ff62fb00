import { expect, test } from '@jest/globals';
import { checkGone } from '../../functions/check-gone.ts';
import { CredentialUnusable, GitHubRefused, GitHubUnavailable } from '../../functions/domain/errors.ts';
import type { Execution, Instance, Registration } from '../../functions/domain/ports.ts';
import { deployment, destroyInput, instance, later, life, registration, requestedAt } from './fakes/life.ts';

interface Scene {
  readonly instances?: readonly Instance[];
  readonly byName?: () => Promise<Registration | undefined>;
  readonly provision?: Execution;
  readonly seconds?: number;
}

/** What was told of lives, in all tests of this file. */
const told: object[] = [];

const stepOver = ({ instances = [], byName = async () => undefined, provision, seconds = 500 }: Scene) =>
  checkGone(
    {
      instances: { ofLife: async () => instances },
      registrations: { byId: async () => undefined, byName },
      provisions: { provision: async () => provision },
      clock: () => later(seconds),
      tell: async (of, news) => void told.push({ of, ...news }),
    },
    deployment,
  );

const ended: Execution = {
  name: life,
  status: 'ABORTED',
  startedAt: requestedAt,
  stoppedAt: later(0),
};

test('two readings of nothing, a minute apart, are the end', async () => {
  const first = await stepOver({ provision: ended })(destroyInput);
  expect(first.answer).toBe('perhaps-gone');
  const second = await stepOver({ provision: ended, seconds: 560 })({ ...destroyInput, gone: first });
  expect(second.answer).toBe('gone');
});

test.each([
  ['DeregisterRunner has', { deregistration: { outcome: 'gone' } as const }],
  ['CheckNeed has', { need: { isRunnerGone: true } as const }],
])("what %s heard of GitHub is the first reading, and GitHub's own the second", async (_, heard) => {
  const remaining = async () => registration;
  const first = await stepOver({ provision: ended, byName: remaining })({ ...destroyInput, ...heard });
  expect(first.answer).toBe('perhaps-gone');
  const again = { ...destroyInput, ...heard, gone: first };
  const [found, nothing] = await Promise.all([
    stepOver({ provision: ended, seconds: 560, byName: remaining })(again),
    stepOver({ provision: ended, seconds: 560 })(again),
  ]);
  expect([found.answer, nothing.answer]).toEqual(['registration-remains', 'gone']);
});

test('terminated instances are nothing, one that is shutting down is something', async () => {
  const instances = [
    { ...instance, state: 'terminated' as const },
    { ...instance, id: 'i-2', state: 'shutting-down' as const },
  ];
  const reading = await stepOver({ instances })(destroyInput);
  expect(reading).toMatchObject({
    answer: 'perhaps-gone',
    remains: ['the instance i-2, which is shutting-down'],
  });
});

test('a registration is something', async () => {
  await expect(stepOver({ byName: async () => registration })(destroyInput)).resolves.toMatchObject({
    answer: 'registration-remains',
    remains: [`the registration ${registration.name}`],
  });
});

test('a provision that still runs is something', async () => {
  const reading = await stepOver({ provision: { ...ended, status: 'RUNNING' } })(destroyInput);
  expect(reading).toMatchObject({ answer: 'instance-remains', remains: ['the provision, which runs'] });
});

test('silence of GitHub is not taken for absence', async () => {
  const byName = async () => {
    throw new GitHubUnavailable('GitHub answered 502');
  };
  const reading = await stepOver({ byName })(destroyInput);
  expect(reading).toMatchObject({
    answer: 'perhaps-gone',
    waitSeconds: 180,
    remains: [expect.stringContaining('GitHub does not answer')],
  });
});

test.each([GitHubRefused, CredentialUnusable])(
  'a refusal is waited out: a person may mend it',
  async (Refusal) => {
    const byName = async () => {
      throw new Refusal('the credential was revoked');
    };
    await expect(stepOver({ byName })(destroyInput)).resolves.toMatchObject({
      answer: 'perhaps-gone',
      waitSeconds: 180,
      remains: [expect.stringContaining('the credential was revoked')],
    });
  },
);

test('while an instance remains GitHub is not asked, so that its refusal ends nothing', async () => {
  const byName = async () => {
    throw new GitHubRefused('the credential was revoked');
  };
  await expect(stepOver({ instances: [instance], byName })(destroyInput)).resolves.toMatchObject({
    answer: 'instance-remains',
    remains: ['the instance i-1, which is running'],
  });
});

test('why a provision failed is told here too, for the event of its end can be lost', async () => {
  told.length = 0;
  const step = stepOver({
    provision: { ...ended, status: 'FAILED', error: 'CapReached', cause: 'Too many.' },
  });
  await step(destroyInput);
  expect(told).toMatchObject([{ of: life, status: 'failed', reason: expect.stringMatching(/^CapReached/) }]);
});

test('of a provision that succeeded nothing is told', async () => {
  told.length = 0;
  await stepOver({ provision: { ...ended, status: 'SUCCEEDED' } })(destroyInput);
  expect(told).toEqual([]);
});
