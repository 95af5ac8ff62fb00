import { dirname, join } from 'node:path';
import { synthesize } from '../infra/synthesize.ts';
import { assemblyDirectory, verifiedAssemblyDirectory } from './synthesized-stack.ts';

/**
 * Jest's global set-up: synthesizes the stack, bundles and all, before the first test, and once more with verified
 * admission and the same bundles. JavaScript, for Jest would make CommonJS of TypeScript here, and the synthesis is
 * for Node's own loader.
 */
const synthesizeStack = async () => {
  await synthesize({ admission: 'open' }, assemblyDirectory);
  const bundles = join(dirname(assemblyDirectory), 'functions');
  await synthesize({ admission: 'verified' }, verifiedAssemblyDirectory, async () => bundles);
};

export default synthesizeStack;
