import type { CloudBase } from '../../cloud-base.ts';
import { Secrets } from './protocol.ts';

/** Secrets Manager, in which the stack's secrets hold the credential. */
export const registerSecretsManager = (cloud: CloudBase, credential: string): Secrets => {
  const { secretArns } = cloud.stack;
  const secrets = new Secrets();
  for (const arn of secretArns) {
    secrets.add(arn);
    secrets.put(arn, credential);
  }
  cloud.serve(secrets.service());
  cloud.stackRemoval.add(() => {
    for (const arn of secretArns) secrets.delete(arn);
  });
  return secrets;
};
