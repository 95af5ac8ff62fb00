import { randomInt } from 'node:crypto';
import type { CloudBase } from '../../cloud-base.ts';
import { Secrets } from './protocol.ts';

const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
const password = (length: number): string =>
  Array.from({ length }, () => characters[randomInt(characters.length)]).join('');

/** Secrets Manager, in which the stack's secrets hold the credential. */
export const registerSecretsManager = (cloud: CloudBase, credential: string): Secrets => {
  const { secretArns, generatedSecrets } = cloud.stack;
  const secrets = new Secrets();
  for (const arn of secretArns) {
    secrets.add(arn);
    secrets.put(arn, credential);
  }
  for (const { arn, length } of generatedSecrets) secrets.put(arn, password(length));
  cloud.serve(secrets.service());
  cloud.stackRemoval.add(() => {
    for (const arn of secretArns) secrets.delete(arn);
    for (const { arn } of generatedSecrets) secrets.delete(arn);
  });
  return secrets;
};
