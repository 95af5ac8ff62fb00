import type { Plugin } from 'rolldown';
import { replacedModule } from './replaced-module.ts';

const fail = `() => { throw new Error('This bundle was built for installation tokens only.'); }`;

const importedBy = /\/@octokit\/auth-app\//;

/**
 * Leaves out what `@octokit/auth-app` needs to sign users in and to make the App's JWT: the functions ask for
 * installation tokens, with a JWT of their own making.
 */
export const withoutOauthFlows = (): readonly Plugin[] => [
  replacedModule({
    specifier: '@octokit/auth-oauth-app',
    // Made with every App, called only for OAuth.
    replacement: `export const createOAuthAppAuth = () => ${fail};`,
    importedBy,
    gone: /\/@octokit\/(auth-oauth-app|auth-oauth-device|oauth-methods)\//,
  }),
  replacedModule({
    specifier: '@octokit/auth-oauth-user',
    replacement: `export const createOAuthUserAuth = ${fail};\nexport const requiresBasicAuth = ${fail};`,
    importedBy,
    gone: /\/@octokit\/auth-oauth-user\//,
  }),
  replacedModule({
    specifier: 'universal-github-app-jwt',
    replacement: `export default ${fail};`,
    importedBy,
    gone: /\/universal-github-app-jwt\//,
  }),
];
