import type { Plugin } from 'rolldown';
import { replacedModule } from './replaced-module.ts';

const replacement = `
export const defaultProvider = () => {
  throw new Error('An AWS client was made without the credentials of its connection.');
};`;

/**
 * Leaves out the SDK's search for credentials in files, single sign-on and metadata services, with four clients of
 * its own: a Lambda function has them in its environment, and the adapters hand them to each client.
 */
export const withoutDefaultCredentials = (): Plugin =>
  replacedModule({
    specifier: '@aws-sdk/credential-provider-node',
    replacement,
    importedBy: /\/@aws-sdk\/client-/,
    gone: /\/(credential-provider[^/]*|token-providers|nested-clients)\//,
  });
