import { IamRequestUnknown } from './iam-request.ts';

/** The one key of an encryption context that is in use. */
const used = 'kms:EncryptionContext:runner';

/**
 * The evaluator knows no condition key that ends in a variable behind a colon, and ignores it. Under the name of
 * another of KMS's keys, which nothing here uses, it is compared as IAM compares it.
 */
const standIn = 'kms:RequestAlias';

/**
 * The policy or context with the encryption context's key under a name that the evaluator knows. Throws
 * IamRequestUnknown when there is another key, for which there is no second name.
 */
export const withKnownEncryptionContext = <T>(value: T): T => {
  const text = JSON.stringify(value).replaceAll(used, standIn);
  const other = /kms:EncryptionContext:\w+/.exec(text);
  if (other !== null) throw new IamRequestUnknown(`${other[0]} cannot be judged beside ${used}`);
  return JSON.parse(text) as T;
};
