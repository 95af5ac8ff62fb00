import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { functionTable } from '../../infra/function-table.ts';

/** Folders in place of the bundles, of which a template has only a hash. */
export const emptyBundles = async (outdir: string): Promise<string> => {
  for (const stem of Object.keys(functionTable)) {
    mkdirSync(join(outdir, stem), { recursive: true });
    writeFileSync(join(outdir, stem, `${stem}.cjs`), 'exports.handler = async () => undefined;\n');
  }
  return outdir;
};
