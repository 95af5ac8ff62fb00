import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { readCredential } from '../../maintenance/secret/credential-text.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const token = 'a_token_of_thirty_characters_00';

describe('a credential', () => {
  test.each([
    ['a bare token', { text: `${token}\n` }, { token }],
    ['a token in JSON', { text: JSON.stringify({ token }) }, { token }],
  ])('that is %s goes into the secret as JSON', (_, given, secret) => {
    const read = readCredential(given);

    expect(JSON.parse(read.secret)).toEqual(secret);
    expect(read.credential).toEqual({ kind: 'token', token });
  });

  test('that is a private key goes into the secret with the App’s two numbers', () => {
    const { secret, credential } = readCredential({ text: privateKey, appId: '12', installationId: '34' });

    expect(JSON.parse(secret)).toEqual({ appId: '12', installationId: '34', privateKey });
    expect(credential).toMatchObject({ kind: 'app', appId: '12', installationId: '34' });
  });

  test('that is an App in JSON goes into the secret as it is', () => {
    const text = JSON.stringify({ appId: 'Iv1.abc', installationId: 34, privateKey });

    expect(readCredential({ text })).toMatchObject({ secret: text, credential: { kind: 'app' } });
  });

  test.each([
    ['a space', { text: ' ' }, /^The credential is empty/],
    [
      'a word',
      { text: 'hunter2' },
      /^This is neither a GitHub token, nor the private key of an App \(\.pem\), nor JSON\.$/,
    ],
    ['nothing', { text: '\n' }, /^The credential is empty\. Give a GitHub token/],
    ['JSON of something else', { text: '{"user":"x"}' }, /neither a token nor a whole App/],
    ['a key alone', { text: privateKey }, /needs --app-id and --installation-id/],
    ['a key without its installation', { text: privateKey, appId: '1' }, /needs --installation-id/],
    [
      'a key with a word for its installation',
      { text: privateKey, appId: '1', installationId: 'x' },
      /--installation-id with a number/,
    ],
    [
      'half a key',
      { text: privateKey.slice(0, 400), appId: '1', installationId: '2' },
      /not a whole PEM file/,
    ],
  ])('that is %s is refused, and not quoted', (_, given, message) => {
    const refusal = (): unknown => {
      try {
        return readCredential(given);
      } catch (error) {
        return error;
      }
    };

    expect(refusal()).toMatchObject({ name: 'CredentialUnusable', message: expect.stringMatching(message) });
    expect(JSON.stringify(refusal(), ['message', 'cause'])).not.toContain(
      given.text.trim().slice(0, 30) || 'nothing',
    );
  });
});
