import { createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createJwt } from '../../../functions/adapters/github/github-app-token.ts';
import { githubClient } from '../../../functions/adapters/github/github-client.ts';
import type { GitHubCredential } from '../../../functions/adapters/github/github-credential.ts';
import { githubRegistrar } from '../../../functions/adapters/github/github-registrar.ts';
import { githubRegistrations } from '../../../functions/adapters/github/github-registrations.ts';
import { CredentialUnusable, GitHubRefused, GitHubUnavailable } from '../../../functions/domain/errors.ts';
import { now, type PassingTime, passingTime } from '../passing-time.ts';
import { bothTargets, fakeGitHub, type GitHubScene, organization, repository } from './fake-github.ts';

let publicKey: KeyObject;
let privateKey: string;
beforeAll(() => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  publicKey = pair.publicKey;
  privateKey = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
});

let time: PassingTime;
beforeEach(() => {
  time = passingTime();
});
afterEach(() => time.end());

const permissions = { organization_self_hosted_runners: 'write', administration: 'write', contents: 'write' };
const credentialOf = (change: object = {}): GitHubCredential => ({
  kind: 'app',
  appId: '12',
  installationId: '34',
  privateKey,
  ...change,
});

/** GitHub with the App installed, and no token of a person. */
const withApp = (options: Pick<GitHubScene, 'target'> = {}, credential = credentialOf()) =>
  fakeGitHub({
    ...options,
    tokens: new Set<string>(),
    app: { appId: '12', installationId: '34', publicKey, permissions },
    credential,
  });
const partOf = (jwt: string, index: number) =>
  JSON.parse(Buffer.from(jwt.split('.')[index] ?? '', 'base64url').toString('utf8')) as Record<
    string,
    unknown
  >;
const tokenRequests = ({ asked }: ReturnType<typeof withApp>) =>
  asked().filter((request) => request.includes('access_tokens')).length;

describe('the JWT of an App', () => {
  test('is signed with its key, is young, and does not last longer than GitHub takes', async () => {
    const { jwt } = await createJwt(privateKey)('12');
    const [head = '', claims = '', signature = ''] = jwt.split('.');
    const seconds = now.getTime() / 1_000;

    expect(partOf(jwt, 0)).toEqual({ alg: 'RS256', typ: 'JWT' });
    expect(partOf(jwt, 1)).toEqual({
      iat: seconds - 60,
      exp: seconds + 480,
      iss: '12',
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(
      createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(publicKey, signature, 'base64url'),
    ).toBe(true);
  });

  test('is another each time, though two are made in one second', async () => {
    const make = createJwt(privateKey);
    const made = await Promise.all([make('12'), make('12')]);

    expect(new Set(made.map(({ jwt }) => jwt)).size).toBe(2);
  });

  test('cannot be made with a key that is none, and the error does not show it', async () => {
    const made = createJwt('not a key')('12');

    await expect(made).rejects.toThrow(CredentialUnusable);
    await expect(made).rejects.not.toThrow(/not a key/);
  });
});

describe('the token of an App', () => {
  test.each([
    ['an organisation', organization, { organization_self_hosted_runners: 'write' }],
    ['a repository', repository, { administration: 'write' }],
  ])('for %s is narrowed to the one permission, however much the App was given', async (_, target, asked) => {
    const scene = withApp({ target });
    await githubRegistrations(scene.client).byId(1);

    expect(scene.asked()[0]).toBe('POST /app/installations/34/access_tokens');
    expect(scene.sent(0)).toEqual({ permissions: asked });
    expect(scene.problems()).toEqual([]);
  });

  test.each(bothTargets)('for %s suffices for everything that is done with it', async (_, target) => {
    const scene = withApp({ target });
    const { registrationId } = await githubRegistrar(scene.client, 1).register('a', ['l']);

    await expect(githubRegistrations(scene.client).byId(registrationId)).resolves.toMatchObject({
      name: 'a',
    });
  });

  test('is asked for once, and serves every call of its hour', async () => {
    const scene = withApp();
    const reader = githubRegistrations(scene.client);
    for (let minute = 0; minute < 59; minute += 10) {
      await reader.byId(1);
      await time.advance(600 - 10);
    }

    expect(tokenRequests(scene)).toBe(1);
  });

  test('is renewed before it ends', async () => {
    const scene = withApp();
    const reader = githubRegistrations(scene.client);
    await reader.byId(1);
    await time.advance(3_599);
    await reader.byId(1);

    expect(tokenRequests(scene)).toBe(2);
    expect(scene.exchanges.map(({ response }) => response.status)).toEqual([201, 404, 201, 404]);
  });

  test('that GitHub has revoked is replaced at once', async () => {
    const scene = withApp();
    const reader = githubRegistrations(scene.client);
    await reader.byId(1);
    scene.faults.add({ service: 'github', operation: 'GetRunner', error: '401', times: 1 });

    await expect(reader.byId(1)).resolves.toBeUndefined();
    expect(tokenRequests(scene)).toBe(2);
  });

  test.each([
    [
      'whose key is not its own',
      () =>
        generateKeyPairSync('rsa', { modulusLength: 2_048 })
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString(),
      '12',
      '34',
      /401/,
    ],
    ['whose id is another', () => privateKey, '13', '34', /401/],
    ['that is not installed', () => privateKey, '12', '35', /404/],
  ])('is refused for good to an App %s', async (_, key, appId, installationId, expected) => {
    const scene = withApp({}, credentialOf({ privateKey: key(), appId, installationId }));
    const read = githubRegistrations(scene.client).byId(1);

    await expect(read).rejects.toThrow(GitHubRefused);
    await expect(read).rejects.toThrow(expected);
  });

  test('that was never given the permission is refused, and says so', async () => {
    const scene = fakeGitHub({
      tokens: new Set<string>(),
      app: { appId: '12', installationId: '34', publicKey, permissions: { contents: 'read' } },
      credential: credentialOf(),
    });
    const read = githubRegistrations(scene.client).byId(1);

    await expect(read).rejects.toThrow(CredentialUnusable);
    await expect(read).rejects.toThrow(/has not been given organization_self_hosted_runners: write/);
  });

  test.each(['500', '502', 'ConnectionLost', 'AnswerLost', 'SecondaryRateLimit'])(
    'that GitHub answers with %s for is for a while',
    async (error) => {
      const scene = withApp();
      scene.faults.add({ service: 'github', operation: 'CreateAccessToken', error, times: 9 });

      await expect(githubRegistrations(scene.client).byId(1)).rejects.toThrow(GitHubUnavailable);
    },
  );

  test('of another credential is another: a rotated key takes effect with the secret', async () => {
    const scene = withApp();
    let credential = credentialOf();
    const client = githubClient({
      connection: scene.connection,
      target: organization,
      credential: { read: async () => credential, forget: () => undefined },
    });
    const reader = githubRegistrations(client);
    await reader.byId(1);
    credential = credentialOf();
    await reader.byId(1);

    expect(tokenRequests(scene)).toBe(2);
  });
});
