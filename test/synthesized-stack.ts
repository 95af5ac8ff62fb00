import { join } from 'node:path';
import { readCloudAssembly } from '../local/template/cloud-assembly.ts';
import { readStack, type Stack } from '../local/template/stack.ts';

/** Where the stack is synthesized, once for all tests. */
export const assemblyDirectory = join(import.meta.dirname, '..', 'dist', 'test', 'cdk.out');

/** The stack with its defaults but for open admission, as it would be deployed. */
export const synthesizedStack = (): Stack => readStack(readCloudAssembly(assemblyDirectory));
