import { synthesize } from '../infra/synthesize.ts';
import { assemblyDirectory } from './synthesized-stack.ts';

/**
 * Jest's global set-up: synthesizes the stack, bundles and all, before the first test. JavaScript, for Jest would
 * make CommonJS of TypeScript here, and the synthesis is for Node's own loader.
 */
const synthesizeStack = async () => {
  await synthesize({ admission: 'open' }, assemblyDirectory);
};

export default synthesizeStack;
