import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outsideJest } from './bundling/outside-jest.ts';
import { emptyBundles } from './empty-bundles.ts';
import { readTemplate, type SynthesizedTemplate } from './template.ts';

/** Outside of Jest, whose loader takes three times as long for the CDK. */
const { synthesize } = await outsideJest<typeof import('../../infra/synthesize.ts')>(
  new URL('../../infra/synthesize.ts', import.meta.url),
);

/** Synthesizes the stack of a configuration into a folder of its own. */
export const templateOf = async (
  context: Readonly<Record<string, unknown>>,
): Promise<SynthesizedTemplate> => {
  const outdir = join(mkdtempSync(join(tmpdir(), 'stint-')), 'cdk.out');
  const { stackName, region, template } = await synthesize(context, outdir, emptyBundles);
  return readTemplate(stackName, region, template);
};
