import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outsideJest } from './bundling/outside-jest.ts';
import { emptyBundles } from './empty-bundles.ts';
import { readTemplate, type SynthesizedTemplate } from './template.ts';

/** Outside of Jest, whose loader takes three times as long for the CDK. */
const { synthesize } = await outsideJest<typeof import('../../infra/synthesize.ts')>(
  new URL('../../infra/synthesize.ts', import.meta.url),
);

/** The template of a configuration. */
export const templateOf = async (
  context: Readonly<Record<string, unknown>>,
): Promise<SynthesizedTemplate> => {
  const directory = mkdtempSync(join(tmpdir(), 'stint-'));
  try {
    const outdir = join(directory, 'cdk.out');
    const { stackName, region, template } = await synthesize(context, outdir, emptyBundles);
    return readTemplate(stackName, region, template);
  } finally {
    rmSync(directory, { recursive: true });
  }
};
