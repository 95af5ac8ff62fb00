import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StackFunction } from '../../template/stack-functions.ts';

export interface Bundle {
  readonly path: string;
  readonly exportName: string;
}

/** The endings that Lambda looks for, in its order: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
const endings = ['.js', '.mjs', '.cjs'];

/** The file and the export that a function's handler names; throws when there is no such file. */
export const bundleOf = ({ assetDirectory, handler }: StackFunction): Bundle => {
  const [module = '', exportName = ''] = handler.split('.');
  const paths = endings.map((ending) => join(assetDirectory, module + ending));
  const path = paths.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`The handler ${handler} is none of ${paths.join(', ')}`);
  return { path, exportName };
};
