import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { bundleFunctions } from './bundling/bundle-functions.ts';
import { readCloudAssembly, type SynthesizedStack } from './cloud-assembly.ts';
import { functionTable } from './function-table.ts';
import { projectContext } from './project-context.ts';
import { readConfig } from './read-config.ts';
import { StintStack } from './stint-stack.ts';

const projectDirectory = join(import.meta.dirname, '..');

type Context = Readonly<Record<string, unknown>>;

/** Puts the bundles of every function where the stack takes them from. */
export const bundle = async (outdir: string): Promise<string> => {
  await bundleFunctions(Object.keys(functionTable), outdir);
  return outdir;
};

/**
 * Synthesizes the stack as `cdk deploy` would, from cdk.json and `context` over it, into `outdir`. It needs no
 * AWS account, no network, no Docker and no other process. Throws ConfigInvalid.
 */
export const synthesize = async (
  context: Context = {},
  outdir: string = join(projectDirectory, 'dist', 'cdk.out'),
  bundleInto: (outdir: string) => Promise<string> = bundle,
): Promise<SynthesizedStack> => {
  const app = new App({ context: { ...projectContext(), ...context }, outdir, analyticsReporting: false });
  const config = readConfig(app.node.getAllContext());
  const bundles = await bundleInto(join(outdir, '..', 'functions'));
  new StintStack(app, { config, bundles });
  return readCloudAssembly(app.synth().directory);
};
