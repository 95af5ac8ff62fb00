import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { kmsSealer, kmsUnsealer } from '../../../functions/adapters/aws/sealer.ts';
import { AwsRefused, AwsUnavailable, InputInvalid } from '../../../functions/domain/errors.ts';
import type { Sealed } from '../../../functions/domain/ports.ts';
import { kmsService } from '../../../local/aws/kms/protocol.ts';
import { type PassingTime, passingTime } from '../passing-time.ts';
import { fakeAws } from './fake-aws.ts';

let time: PassingTime;
beforeEach(() => {
  time = passingTime();
});
afterEach(() => time.end());

const keyArn = 'arn:aws:kms:us-east-2:000000000000:key/seal';
const runner = 'rr_runner_1f_x86_64-1-1-a1b2c3d4';
const secret = randomBytes(30).toString('base64');

const fakeKms = () => {
  const aws = fakeAws(kmsService([keyArn]));
  return { ...aws, sealer: kmsSealer(aws.connection, keyArn), unsealer: kmsUnsealer(aws.connection) };
};

const changed = (text: string): string => {
  const bytes = Buffer.from(text, 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
};

describe('what was sealed', () => {
  test('comes back as it was, however often it is opened', async () => {
    const { sealer, unsealer } = fakeKms();
    const sealed = await sealer.seal(secret, runner);

    await expect(unsealer.unseal(sealed, runner)).resolves.toBe(secret);
    await expect(unsealer.unseal(sealed, runner)).resolves.toBe(secret);
  });

  test('may be longer than the 4,096 bytes that KMS encrypts, and in any script', async () => {
    const { sealer, unsealer } = fakeKms();
    const long = `${randomBytes(9_000).toString('base64')} größer`;

    await expect(unsealer.unseal(await sealer.seal(long, runner), runner)).resolves.toBe(long);
  });

  test('survives the way through a state machine, as JSON', async () => {
    const { sealer, unsealer } = fakeKms();
    const crossed = JSON.parse(JSON.stringify(await sealer.seal(secret, runner))) as Sealed;

    await expect(unsealer.unseal(crossed, runner)).resolves.toBe(secret);
  });

  test('shows nothing of the secret, nor twice the same', async () => {
    const { sealer } = fakeKms();
    const [first, second] = [await sealer.seal(secret, runner), await sealer.seal(secret, runner)];
    const shown = JSON.stringify(first);

    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(Buffer.from(secret).toString('base64').slice(0, 16));
    for (const part of ['key', 'iv', 'tag', 'data'] as const) expect(first[part]).not.toBe(second[part]);
  });

  test('is asked of KMS with the name of the runner as encryption context', async () => {
    const { sealer, unsealer, asked } = fakeKms();
    await unsealer.unseal(await sealer.seal(secret, runner), runner);

    expect(asked('GenerateDataKey')).toMatchObject([
      { KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext: { runner } },
    ]);
    expect(asked('Decrypt')).toMatchObject([{ EncryptionContext: { runner } }]);
  });
});

describe('what does not fit is invalid input', () => {
  test('for another runner', async () => {
    const { sealer, unsealer } = fakeKms();
    const sealed = await sealer.seal(secret, runner);

    await expect(unsealer.unseal(sealed, 'rr_runner_1f_x86_64-2-1-a1b2c3d4')).rejects.toThrow(InputInvalid);
  });

  test("though another runner's data is put beside this runner's key", async () => {
    const { sealer, unsealer } = fakeKms();
    const own = await sealer.seal(secret, runner);
    const other = await sealer.seal('other', 'rr_runner_1f_arm64-1-1-a1b2c3d4');

    await expect(unsealer.unseal({ ...other, key: own.key }, runner)).rejects.toThrow(InputInvalid);
  });

  test.each(['key', 'iv', 'tag', 'data'] as const)('when a bit of its %s was changed', async (part) => {
    const { sealer, unsealer } = fakeKms();
    const sealed = await sealer.seal(secret, runner);
    const unsealed = unsealer.unseal({ ...sealed, [part]: changed(sealed[part]) }, runner);

    await expect(unsealed).rejects.toThrow(InputInvalid);
    await expect(unsealed).rejects.not.toThrow(secret);
  });

  test('when its tag was cut to four bytes', async () => {
    const { sealer, unsealer } = fakeKms();
    const sealed = await sealer.seal(secret, runner);
    const tag = Buffer.from(sealed.tag, 'base64').subarray(0, 4).toString('base64');

    await expect(unsealer.unseal({ ...sealed, tag }, runner)).rejects.toThrow(InputInvalid);
  });

  test.each(['key', 'iv', 'tag', 'data'] as const)('when it has no %s', async (part) => {
    const { sealer, unsealer } = fakeKms();
    const { [part]: _, ...rest } = await sealer.seal(secret, runner);

    await expect(unsealer.unseal(rest as Sealed, runner)).rejects.toThrow(InputInvalid);
  });
});

describe('KMS', () => {
  test.each([
    ['ThrottlingException', AwsUnavailable],
    ['KMSInternalException', AwsUnavailable],
    ['DependencyTimeoutException', AwsUnavailable],
    ['KeyUnavailableException', AwsUnavailable],
    ['503', AwsUnavailable],
    ['ConnectionLost', AwsUnavailable],
    ['NotFoundException', AwsRefused],
    ['DisabledException', AwsRefused],
    ['KMSInvalidStateException', AwsRefused],
    ['AccessDeniedException', AwsRefused],
  ])('that answers %s is an error of its class, for both ways', async (error, expected) => {
    const { sealer, unsealer, faults } = fakeKms();
    const sealed = await sealer.seal(secret, runner);
    faults.add({ service: 'kms', operation: '*', error, times: 9 });

    await expect(time.until(sealer.seal(secret, runner))).rejects.toThrow(expected);
    await expect(time.until(unsealer.unseal(sealed, runner))).rejects.toThrow(expected);
  });
});
