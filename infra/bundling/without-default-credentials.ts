import type { Plugin } from 'rolldown';
import { exactRegex } from 'rolldown/filter';
import { bundledModules } from './bundled-modules.ts';

const provider = '@aws-sdk/credential-provider-node';
const replacementId = `\0replaced:${provider}`;

const replacement = `
export const defaultProvider = () => {
  throw new Error('An AWS client was made without the credentials of its connection.');
};`;

const client = /\/@aws-sdk\/client-/;
const search = /\/(credential-provider[^/]*|token-providers|nested-clients)\//;

/**
 * Leaves out the SDK's search for credentials in files, single sign-on and metadata services, with four clients of
 * its own: a Lambda function has them in its environment, and the adapters hand them to each client. A newer SDK
 * could undo that in two ways, and nobody would notice: it asks something else for them, or the search comes into
 * the bundle another way. Both fail the build.
 */
export const withoutDefaultCredentials = (): Plugin => ({
  name: 'without-default-credentials',
  resolveId: {
    filter: { id: exactRegex(provider) },
    handler: () => ({ id: replacementId, moduleSideEffects: false }),
  },
  load: { filter: { id: exactRegex(replacementId) }, handler: () => replacement },
  generateBundle(_options, bundle) {
    const modules = bundledModules(bundle);
    const importer = modules.find((module) => client.test(module));
    const left = modules.find((module) => search.test(module));
    if (importer !== undefined && !modules.includes(replacementId))
      this.error(`${provider} was not replaced, though ${importer} is in the bundle.`);
    if (left !== undefined) this.error(`${left} is in the bundle, though ${provider} was replaced.`);
  },
});
