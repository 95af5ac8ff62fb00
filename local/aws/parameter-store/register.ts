import type { CloudBase } from '../../cloud-base.ts';
import { ParameterStore } from './protocol.ts';

/** What `cdk bootstrap` leaves (https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html). */
export const bootstrapParameter = '/cdk-bootstrap/hnb659fds/version';

/** Systems Manager's parameters: the stack's, and the one of a bootstrapped region. */
export const registerParameterStore = (cloud: CloudBase): ParameterStore => {
  const { parameters } = cloud.stack;
  const store = new ParameterStore();
  store.put(bootstrapParameter, '30');
  for (const { name, value, allowedPattern } of parameters) store.put(name, value, allowedPattern);
  cloud.serve(store.service());
  cloud.stackRemoval.add(() => {
    for (const { name } of parameters) store.delete(name);
  });
  return store;
};
