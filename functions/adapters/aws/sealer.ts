import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { InputInvalid } from '../../domain/errors.ts';
import type { Sealed, Sealer, Unsealer } from '../../domain/ports.ts';
import { type AwsConnection, clientFor } from './aws-connection.ts';
import { asAws, unlessGone } from './aws-errors.ts';

const kmsClient = clientFor(KMSClient);

const cipher = 'aes-256-gcm';
/** The nonce length that NIST SP 800-38D recommends for GCM, in bytes. */
const ivLength = 12;
/** In bytes, the longest that GCM has. */
const tagLength = 16;

const context = (runner: string): Record<string, string> => ({ runner });

/**
 * Seals with a data key of its own, for KMS itself encrypts at most 4,096 bytes and a JIT config can be
 * longer. The runner's name is KMS's encryption context and the cipher's additional data
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html).
 */
export const kmsSealer = (connection: AwsConnection, keyArn: string): Sealer => ({
  seal: async (plaintext, runner) => {
    const { Plaintext, CiphertextBlob } = await asAws('GenerateDataKey', () =>
      kmsClient(connection).send(
        new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext: context(runner) }),
      ),
    );
    if (Plaintext === undefined || CiphertextBlob === undefined)
      throw new InputInvalid('GenerateDataKey answered without a key');
    const iv = randomBytes(ivLength);
    const encryption = createCipheriv(cipher, Plaintext, iv, { authTagLength: tagLength }).setAAD(
      Buffer.from(runner),
    );
    const data = Buffer.concat([encryption.update(plaintext, 'utf8'), encryption.final()]);
    Plaintext.fill(0);
    return {
      key: Buffer.from(CiphertextBlob).toString('base64'),
      iv: iv.toString('base64'),
      tag: encryption.getAuthTag().toString('base64'),
      data: data.toString('base64'),
    };
  },
});

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');

/** What an operator typed into an execution's input can be anything. */
const requireWhole = ({ key, iv, tag, data }: Partial<Sealed>): void => {
  if ([key, iv, tag, data].some((part) => typeof part !== 'string'))
    throw new InputInvalid('The sealed configuration must have the texts key, iv, tag and data.');
};

/** A tag of another length is refused: Node would take a shorter one, which can be guessed. */
const open = (key: Uint8Array, { iv, tag, data }: Sealed, runner: string): string => {
  try {
    const decryption = createDecipheriv(cipher, key, bytes(iv), { authTagLength: tagLength })
      .setAAD(Buffer.from(runner))
      .setAuthTag(bytes(tag));
    return Buffer.concat([decryption.update(bytes(data)), decryption.final()]).toString('utf8');
  } catch (error) {
    throw new InputInvalid(`The sealed configuration is not one for ${runner}, or was changed.`, {
      cause: error,
    });
  } finally {
    key.fill(0);
  }
};

/** Opens what {@link kmsSealer} sealed; KMS knows the key by the ciphertext. */
export const kmsUnsealer = (connection: AwsConnection): Unsealer => ({
  unseal: async (sealed, runner) => {
    requireWhole(sealed);
    const answer = await unlessGone('Decrypt', ['InvalidCiphertextException'], () =>
      kmsClient(connection).send(
        new DecryptCommand({ CiphertextBlob: bytes(sealed.key), EncryptionContext: context(runner) }),
      ),
    );
    if (answer?.Plaintext === undefined)
      throw new InputInvalid(`The sealed configuration is not one for ${runner}.`);
    return open(answer.Plaintext, sealed, runner);
  },
});
