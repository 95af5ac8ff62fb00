import { constants, runInThisContext } from 'node:vm';

/**
 * Imports a module as Node does, outside of the realm in which Jest runs a test. Rolldown's native part takes a
 * regular expression for one only when it is of Node's own realm.
 */
export const outsideJest: <Module>(url: URL) => Promise<Module> = runInThisContext(
  '(url) => import(url.href)',
  { importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER },
);
