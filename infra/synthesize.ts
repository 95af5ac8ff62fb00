import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { SynthesizedStack } from '../local/template/stack.ts';
import type { CloudFormationTemplate } from '../local/template/template.ts';
import { bundleFunctions } from './bundling/bundle-functions.ts';
import { readConfig } from './config.ts';
import { functionTable } from './function-table.ts';
import { StintStack } from './stint-stack.ts';

const projectDirectory = join(import.meta.dirname, '..');

type Context = Readonly<Record<string, unknown>>;

/** What the cdk command would put into the context before anything from its command line. */
const projectContext = (): Context => {
  const text = readFileSync(join(projectDirectory, 'cdk.json'), 'utf8');
  const { context = {} } = JSON.parse(text) as { readonly context?: Context };
  return context;
};

/** Puts the bundles of every function where the stack takes them from. */
export const bundle = async (outdir: string): Promise<string> => {
  await bundleFunctions(Object.keys(functionTable), outdir);
  return outdir;
};

interface AssetManifest {
  readonly files: Readonly<Record<string, { readonly source: { readonly path: string } }>>;
}

const jsonFile = <T>(...path: readonly string[]): T => JSON.parse(readFileSync(join(...path), 'utf8')) as T;

/** The folder of an asset, by the name of the object that a deployment would make of it: `<hash>.zip`. */
const assetsOf =
  (directory: string, manifest: AssetManifest) =>
  (objectKey: string): string => {
    const asset = manifest.files[objectKey.replace(/\.zip$/, '')];
    if (asset === undefined) throw new Error(`The synthesis made no asset ${objectKey}`);
    return join(directory, asset.source.path);
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
  const { directory } = app.synth();
  const { stackName, region } = config;
  return {
    stackName,
    region,
    template: jsonFile<CloudFormationTemplate>(directory, `${stackName}.template.json`),
    assets: assetsOf(directory, jsonFile<AssetManifest>(directory, `${stackName}.assets.json`)),
  };
};
