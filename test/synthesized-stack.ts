import { join } from 'node:path';
import { readCloudAssembly } from '../infra/cloud-assembly.ts';
import { readStack, type Stack } from '../local/template/stack.ts';

/** Where the stack is synthesized, once for all tests. */
export const assemblyDirectory = join(import.meta.dirname, '..', 'dist', 'test', 'cdk.out');

/** Where it is synthesized with its defaults. */
export const verifiedAssemblyDirectory = join(
  import.meta.dirname,
  '..',
  'dist',
  'test',
  'verified',
  'cdk.out',
);

/** The stack with its defaults but for open admission, as it would be deployed. */
export const synthesizedStack = (): Stack => readStack(readCloudAssembly(assemblyDirectory));

/** The stack with its defaults, of which verified admission is one. */
export const verifiedStack = (): Stack => readStack(readCloudAssembly(verifiedAssemblyDirectory));
