import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functionTable } from '../../infra/function-table.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { readTemplate, type SynthesizedTemplate } from './template.ts';

/** Folders in place of the bundles, of which a template has only a hash. */
export const emptyBundles = async (outdir: string): Promise<string> => {
  for (const stem of Object.keys(functionTable)) {
    mkdirSync(join(outdir, stem), { recursive: true });
    writeFileSync(join(outdir, stem, `${stem}.cjs`), 'exports.handler = async () => undefined;\n');
  }
  return outdir;
};

/** Synthesizes the stack of another configuration into a folder of its own. */
export const templateOf = async (
  context: Readonly<Record<string, unknown>>,
): Promise<SynthesizedTemplate> => {
  const outdir = join(mkdtempSync(join(tmpdir(), 'stint-')), 'cdk.out');
  const { stackName, region, template } = await synthesize(context, outdir, emptyBundles);
  return readTemplate(stackName, region, template);
};
