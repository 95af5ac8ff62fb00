import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AwsFault, jsonService, type Parameters } from '../../wire/aws-json.ts';
import type { CloudService } from '../../wire/wire.ts';

const cipher = 'aes-256-gcm';
const ivLength = 12;
const tagLength = 16;

/** The encryption context in one order, for it is additional authenticated data. */
const contextOf = (parameters: Parameters): Buffer => {
  const entries = Object.entries((parameters['EncryptionContext'] ?? {}) as Record<string, string>);
  return Buffer.from(JSON.stringify(entries.toSorted(([a], [b]) => (a < b ? -1 : 1))));
};

/**
 * KMS with one master key for each key ARN, which the ciphertext knows: a data key that is encrypted under an
 * encryption context is only decrypted with the same (https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html).
 */
export const kmsService = (keyArns: readonly string[]): CloudService => {
  const masters = new Map(keyArns.map((arn) => [arn, randomBytes(32)]));

  const wrap = (master: Buffer, plaintext: Buffer, context: Buffer): Buffer => {
    const iv = randomBytes(ivLength);
    const encryption = createCipheriv(cipher, master, iv).setAAD(context);
    return Buffer.concat([iv, encryption.update(plaintext), encryption.final(), encryption.getAuthTag()]);
  };

  const unwrap = (master: Buffer, blob: Buffer, context: Buffer): Buffer | undefined => {
    try {
      const decryption = createDecipheriv(cipher, master, blob.subarray(0, ivLength))
        .setAAD(context)
        .setAuthTag(blob.subarray(-tagLength));
      return Buffer.concat([decryption.update(blob.subarray(ivLength, -tagLength)), decryption.final()]);
    } catch {
      return undefined;
    }
  };

  return jsonService('kms', '1.1', {
    GenerateDataKey: (parameters) => {
      const keyId = String(parameters['KeyId']);
      const master = masters.get(keyId);
      if (master === undefined) throw new AwsFault('NotFoundException', `Key '${keyId}' does not exist`);
      const plaintext = randomBytes(32);
      return {
        KeyId: keyId,
        Plaintext: plaintext.toString('base64'),
        CiphertextBlob: wrap(master, plaintext, contextOf(parameters)).toString('base64'),
      };
    },
    Decrypt: (parameters) => {
      const blob = Buffer.from(String(parameters['CiphertextBlob']), 'base64');
      for (const [keyId, master] of masters) {
        const plaintext = unwrap(master, blob, contextOf(parameters));
        if (plaintext !== undefined) return { KeyId: keyId, Plaintext: plaintext.toString('base64') };
      }
      throw new AwsFault('InvalidCiphertextException', 'The ciphertext or its context is not valid.');
    },
  });
};
