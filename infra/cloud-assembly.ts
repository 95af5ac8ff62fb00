import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A template's value: JSON in which any object can be an intrinsic function. */
export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | readonly TemplateValue[]
  | { readonly [key: string]: TemplateValue };

type Section<T> = Readonly<Record<string, T>>;

/** A CloudFormation template as it was synthesized. */
export interface CloudFormationTemplate {
  readonly Description?: string;
  readonly Resources: Section<{
    readonly Type: string;
    readonly Properties?: Section<TemplateValue>;
    readonly Condition?: string;
    readonly Metadata?: Section<TemplateValue>;
    readonly DeletionPolicy?: string;
  }>;
  readonly Outputs?: Section<{ readonly Value: TemplateValue }>;
  readonly Parameters?: Section<{ readonly Default?: TemplateValue }>;
  readonly Conditions?: Section<TemplateValue>;
  readonly Mappings?: Section<Section<Section<TemplateValue>>>;
}

/** The folder of an asset by the key under which the template names it. */
export type AssetDirectories = (objectKey: string) => string;

/** What the synthesis made. */
export interface SynthesizedStack {
  readonly stackName: string;
  readonly region: string;
  readonly template: CloudFormationTemplate;
  readonly assets: AssetDirectories;
}

interface Artifact {
  readonly type: string;
  /** `aws://<account>/<region>`. */
  readonly environment?: string;
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string };
}

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
 * The one stack that a synthesis has written into `directory`
 * (https://docs.aws.amazon.com/cdk/v2/guide/configure-synth.html).
 */
export const readCloudAssembly = (directory: string): SynthesizedStack => {
  const { artifacts } = jsonFile<{ artifacts: Record<string, Artifact> }>(directory, 'manifest.json');
  const [found, ...others] = Object.entries(artifacts).filter(
    ([, { type }]) => type === 'aws:cloudformation:stack',
  );
  if (found === undefined || others.length > 0)
    throw new Error(`${directory} does not hold exactly one stack`);
  const [id, { environment = '', properties = {} }] = found;
  return {
    stackName: properties.stackName ?? id,
    region: environment.split('/').at(-1) ?? '',
    template: jsonFile<CloudFormationTemplate>(directory, properties.templateFile ?? `${id}.template.json`),
    assets: assetsOf(directory, jsonFile<AssetManifest>(directory, `${id}.assets.json`)),
  };
};
