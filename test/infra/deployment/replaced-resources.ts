import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource } from 'aws-cdk-lib';
import type { CloudFormationTemplate } from '../../../infra/cloud-assembly.ts';
import { readConfig } from '../../../infra/read-config.ts';
import { StintStack } from '../../../infra/stint-stack.ts';
import { emptyBundles } from '../empty-bundles.ts';

/** What the replacement of a resource does to the functions whose environment depends on it. */
export interface Replacement {
  readonly resource: string;
  readonly type: string;
  /** The functions whose environment names the resource, or one that names it. */
  readonly dependent: readonly string[];
  /** Those of them that the deployment publishes in another version. */
  readonly published: readonly string[];
}

type Resources = CloudFormationTemplate['Resources'];

/** A stack whose template can be read without a synthesis, which takes seconds. */
class ReadableStack extends StintStack {
  resourcesNow(): Resources {
    return (this.resolve(this._toCloudFormation()) as CloudFormationTemplate).Resources;
  }
}

/** Every resource that the value names, by whatever intrinsic function, and those that these name in turn. */
const reachable = (resources: Resources, value: unknown): ReadonlySet<string> => {
  const seen = new Set<string>();
  const visit = (part: unknown): void => {
    for (const [, id = ''] of JSON.stringify(part ?? null).matchAll(/"([A-Za-z0-9]+)"/g)) {
      if (!(id in resources) || seen.has(id)) continue;
      seen.add(id);
      visit(resources[id]?.Properties);
    }
  };
  visit(value);
  return seen;
};

const functionsOf = (resources: Resources): readonly string[] =>
  Object.keys(resources).filter((id) => resources[id]?.Type === 'AWS::Lambda::Function');

const versionOf = (resources: Resources, functionId: string): string =>
  Object.keys(resources).find(
    (id) =>
      resources[id]?.Type === 'AWS::Lambda::Version' &&
      JSON.stringify(resources[id]?.Properties?.['FunctionName']).includes(`"${functionId}"`),
  ) ?? '';

/**
 * Replaces, one after the other, every resource on which some function's environment depends, by a change of its
 * properties, and looks which functions get another version. The dependence is read from the template alone.
 */
export const replacements = async (
  context: Readonly<Record<string, unknown>>,
): Promise<readonly Replacement[]> => {
  const directory = mkdtempSync(join(tmpdir(), 'stint-'));
  try {
    const bundles = await emptyBundles(join(directory, 'functions'));
    const app = new App({ analyticsReporting: false, outdir: join(directory, 'cdk.out') });
    const stack = new ReadableStack(app, { config: readConfig(context), bundles });
    let before = stack.resourcesNow();
    const dependence = functionsOf(before).map(
      (id) => [id, reachable(before, before[id]?.Properties?.['Environment'])] as const,
    );
    const names = [...new Set(dependence.flatMap(([, ids]) => [...ids]))];
    const byId = new Map(
      stack.node
        .findAll()
        .filter((node) => CfnResource.isCfnResource(node))
        .map((resource) => [String(stack.resolve(resource.logicalId)), resource]),
    );
    return names.map((resource) => {
      byId.get(resource)?.addPropertyOverride('ReplacedBecause', resource);
      const after = stack.resourcesNow();
      const dependent = dependence.filter(([, ids]) => ids.has(resource)).map(([id]) => id);
      const published = dependent.filter((id) => versionOf(before, id) !== versionOf(after, id));
      before = after;
      return { resource, type: after[resource]?.Type ?? '', dependent, published };
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
};
