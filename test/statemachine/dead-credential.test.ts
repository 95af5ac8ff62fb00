import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { appCredential, tokenCredential } from '../../local/github/deployed-credential.ts';
import { createVerifiedWorld, type VerifiedWorld } from './verified-world.ts';

const answered = async (world: VerifiedWorld, secret?: string): Promise<void> => {
  if (secret !== undefined) world.cloud.secrets.put(world.cloud.stack.secretArns[0] ?? '', secret);
  const { status, headers, body } = await world.create();
  expect({ status, body }).toMatchObject({
    status: 503,
    body: {
      type: 'urn:problem-type:stint:credential-unusable',
      detail: expect.stringContaining('GitHubSecretArn'),
    },
  });
  expect(headers['retry-after']).toBe('300');
  if (secret !== undefined && secret !== '') expect(JSON.stringify(body)).not.toContain(secret);
  expect(world.state().executions).toEqual([]);
  await world.end();
};

test('a create with a token that GitHub does not know any more is answered with 503, which names the credential', async () => {
  const token = randomBytes(30).toString('base64url');
  const tokens = new Set<string>();
  await answered(await createVerifiedWorld({ credential: { ...tokenCredential(token), tokens } }));
});

test('so is one with an App that was not given the permission', async () => {
  await answered(await createVerifiedWorld({ credential: appCredential({ metadata: 'read' }) }));
});

test.each(['', 'no JSON', '{"token":""}', '{"appId":"1","installationId":"2","privateKey":"no key"}'])(
  'so is one with the secret %j',
  async (secret) => {
    await answered(await createVerifiedWorld(), secret);
  },
);

test('so is one with a secret that Secrets Manager does not give away', async () => {
  const world = await createVerifiedWorld();
  const error = 'InvalidRequestException';
  world.fault({ service: 'secretsmanager', operation: 'GetSecretValue', error, times: 9 });
  await answered(world);
});
