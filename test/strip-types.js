import { stripTypeScriptTypes } from 'node:module';

/** Jest's transform: what Node itself does to a TypeScript file that it runs, so that tests run the same code. */
export default { process: (source) => ({ code: stripTypeScriptTypes(source) }) };
