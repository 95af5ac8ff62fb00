import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { secretCredential } from '../../../functions/adapters/aws/secrets-credential.ts';
import { parseCredential } from '../../../functions/adapters/github/github-credential.ts';
import { AwsUnavailable, CredentialUnusable } from '../../../functions/domain/errors.ts';
import { Secrets } from '../../../local/aws/secrets-manager/protocol.ts';
import { type PassingTime, passingTime } from '../passing-time.ts';
import { fakeAws } from './fake-aws.ts';

let time: PassingTime;
beforeEach(() => {
  time = passingTime();
});
afterEach(() => time.end());

const arn = 'arn:aws:secretsmanager:us-east-2:000000000000:secret:github';
const token = randomBytes(20).toString('hex');

const secretOf = (value?: string) => {
  const secrets = new Secrets();
  secrets.add(arn);
  if (value !== undefined) secrets.put(arn, value);
  const aws = fakeAws(secrets.service());
  return { ...aws, secrets, credential: secretCredential(aws.connection, arn, () => new Date()) };
};

describe('the secret', () => {
  test('is read once in five minutes', async () => {
    const { credential, times } = secretOf(JSON.stringify({ token }));
    await credential.read();
    await time.advance(299);

    await expect(credential.read()).resolves.toEqual({ kind: 'token', token });
    expect(times('GetSecretValue')).toBe(1);
  });

  test('that was rotated takes effect within five minutes, and at once when it is to be forgotten', async () => {
    const { credential, secrets } = secretOf(JSON.stringify({ token: 'first' }));
    await credential.read();
    secrets.put(arn, JSON.stringify({ token: 'second' }));
    await time.advance(301);
    await expect(credential.read()).resolves.toEqual({ kind: 'token', token: 'second' });
    secrets.put(arn, JSON.stringify({ token: 'third' }));
    credential.forget();

    await expect(credential.read()).resolves.toEqual({ kind: 'token', token: 'third' });
  });

  test('that was not changed stays the same credential, so that what was made with it is kept', async () => {
    const { credential } = secretOf(JSON.stringify({ token }));
    const first = await credential.read();
    await time.advance(301);

    expect(await credential.read()).toBe(first);
  });

  test('that was never filled is unusable, and the text says how to fill it', async () => {
    const { credential } = secretOf();
    const read = credential.read();

    await expect(read).rejects.toThrow(CredentialUnusable);
    await expect(read).rejects.toThrow(/Fill the secret with/);
  });

  test('that was filled after a failed read is found by the next', async () => {
    const { credential, secrets } = secretOf();
    await expect(credential.read()).rejects.toThrow(CredentialUnusable);
    secrets.put(arn, JSON.stringify({ token }));

    await expect(credential.read()).resolves.toMatchObject({ token });
  });

  test.each([
    ['ThrottlingException', AwsUnavailable],
    ['InternalServiceError', AwsUnavailable],
    ['500', AwsUnavailable],
    ['AccessDeniedException', CredentialUnusable],
    ['DecryptionFailure', CredentialUnusable],
    ['InvalidRequestException', CredentialUnusable],
  ])('that Secrets Manager answers with %s for is an error of its class', async (error, expected) => {
    const { credential, faults } = secretOf(JSON.stringify({ token }));
    faults.add({ service: 'secretsmanager', operation: 'GetSecretValue', error, times: 9 });

    await expect(time.until(credential.read())).rejects.toThrow(expected);
  });
});

describe('a credential', () => {
  const app = { appId: '1', installationId: '2', privateKey: 'a key' };

  test.each([
    ['a token', { token: ` ${token}\n` }, { kind: 'token', token }],
    ['a whole App', app, { kind: 'app', ...app }],
    ['an App whose ids are numbers', { ...app, appId: 1, installationId: 2 }, { kind: 'app', ...app }],
    ['a token beside an App that is not whole', { token, appId: '1' }, { kind: 'token', token }],
  ])('can be %s', (_, value, expected) => {
    expect(parseCredential(JSON.stringify(value))).toEqual(expected);
  });

  test.each([
    ['nothing', undefined],
    ['empty', '  '],
    ['no JSON', `${token}`],
    ['no object', JSON.stringify(token)],
    ['a list', JSON.stringify([token])],
    ['an empty token', JSON.stringify({ token: '' })],
    ['a token that is no text', JSON.stringify({ token: 7 })],
    ['an App without its key', JSON.stringify({ appId: '1', installationId: '2', secret: token })],
    ['an App without its installation', JSON.stringify({ appId: '1', privateKey: token })],
  ])('that is %s is unusable, and the error holds nothing of it', (_, text) => {
    const parse = () => parseCredential(text);
    expect(parse).toThrow(CredentialUnusable);
    expect(parse).not.toThrow(token);
  });
});
