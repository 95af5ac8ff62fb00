import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type BundledCloud, createBundledCloud } from './bundled-cloud.ts';

const round = { number: 1, markets: 'spot-first' } as const;

describe('GitHub, called from a bundle', () => {
  let cloud: BundledCloud;
  afterEach(() => cloud.close());

  const register = (credential: object | undefined, target: string) =>
    createBundledCloud({ credential, target }).then(async (created) => {
      cloud = created;
      return cloud.invoke('fetch-jit-config', { ...(await cloud.begin()), round });
    });

  const app = () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2_048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    return { appId: '1', installationId: '2', privateKey };
  };

  const operations = (): readonly string[] =>
    cloud.calls.flatMap(({ call }) => (call.service === 'github' ? call.operation : []));

  test.each(['an-organisation', 'an-owner/a-repository'])('takes a token, for %s', async (target) => {
    expect(await register({ token: 'local' }, target)).toMatchObject({ ok: true });
    expect(operations()).toEqual(['ListDownloads', 'GenerateJitConfig']);
  });

  test.each(['an-organisation', 'an-owner/a-repository'])('takes an App, for %s', async (target) => {
    expect(await register(app(), target)).toMatchObject({ ok: true });
    expect(operations()).toEqual(['CreateAccessToken', 'ListDownloads', 'GenerateJitConfig']);
  });

  test('is not called without a credential', async () => {
    expect(await register(undefined, 'an-organisation')).toMatchObject({
      ok: false,
      errorType: 'CredentialUnusable',
    });
    expect(operations()).toEqual([]);
  });

  test('is asked to replace a registration whose answer was lost, and does', async () => {
    cloud = await createBundledCloud();
    cloud.faults.add({ service: 'github', operation: 'GenerateJitConfig', error: 'AnswerLost' });
    const input = await cloud.begin();
    expect(await cloud.invoke('fetch-jit-config', { ...input, round })).toMatchObject({
      ok: false,
      errorType: 'GitHubUnavailable',
    });
    expect(await cloud.invoke('fetch-jit-config', { ...input, round })).toMatchObject({ ok: true });
    expect(cloud.github.runners).toHaveLength(1);
  });
});
