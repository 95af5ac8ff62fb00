import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, test } from '@jest/globals';
import { clientConfiguration } from '../../../../functions/adapters/aws/aws-connection.ts';
import { kmsService } from '../../../../local/aws/kms/protocol.ts';
import { fakeAws } from '../../../adapters/aws/fake-aws.ts';

const keys = [
  'arn:aws:kms:us-east-2:000000000000:key/a',
  'arn:aws:kms:us-east-2:000000000000:key/b',
] as const;

const scene = () => {
  const client = new KMSClient({
    ...clientConfiguration(fakeAws(kmsService(keys)).connection),
    maxAttempts: 1,
  });
  const generate = (KeyId: string, EncryptionContext: Record<string, string> = {}) =>
    client.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }));
  const decrypt = (CiphertextBlob: Uint8Array | undefined, EncryptionContext: Record<string, string> = {}) =>
    client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
  return { generate, decrypt };
};

describe('a data key', () => {
  test.each(keys)('of %s comes back from its ciphertext, which knows the key', async (key) => {
    const { generate, decrypt } = scene();
    const { Plaintext, CiphertextBlob } = await generate(key, { runner: 'a' });

    expect(Plaintext).toHaveLength(32);
    await expect(decrypt(CiphertextBlob, { runner: 'a' })).resolves.toMatchObject({ KeyId: key, Plaintext });
  });

  test('does not mind the order of its context', async () => {
    const { generate, decrypt } = scene();
    const { CiphertextBlob } = await generate(keys[0], { a: '1', b: '2' });

    await expect(decrypt(CiphertextBlob, { b: '2', a: '1' })).resolves.toMatchObject({ KeyId: keys[0] });
  });

  test.each([
    ['another context', { runner: 'b' }],
    ['a context more', { runner: 'a', more: 'b' }],
    ['no context', {}],
  ])('does not come back with %s', async (_, context) => {
    const { generate, decrypt } = scene();
    const { CiphertextBlob } = await generate(keys[0], { runner: 'a' });

    await expect(decrypt(CiphertextBlob, context as Record<string, string>)).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
  });

  test('is not made with a key that is not there', async () => {
    const { generate } = scene();
    await expect(generate('arn:aws:kms:us-east-2:000000000000:key/z')).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});
