import { type CloudFormationTemplate, readCloudAssembly } from '../../infra/cloud-assembly.ts';
import { type StackResource, Template } from '../../local/template/template.ts';
import { verifiedAssemblyDirectory } from '../synthesized-stack.ts';

/** A stack as CloudFormation would see it, and as it would be made in a region and account. */
export interface SynthesizedTemplate {
  readonly template: CloudFormationTemplate;
  /** The resources of a type with their intrinsic functions resolved. */
  resources(type: string): readonly StackResource[];
  /** The one resource of a type; throws when there is none, or another. */
  one(type: string): StackResource;
}

/** Reads a template over a simulated account. */
export const readTemplate = (
  stackName: string,
  region: string,
  template: CloudFormationTemplate,
): SynthesizedTemplate => {
  const resolved = new Template(template, { stackName, region, accountId: '000000000000' });
  const resources = (type: string): readonly StackResource[] => resolved.resources(type);
  return {
    template,
    resources,
    one: (type) => {
      const [resource, ...others] = resources(type);
      if (resource === undefined || others.length > 0) throw new Error(`Not exactly one ${type}`);
      return resource;
    },
  };
};

/** The stack with its defaults, which Jest's global set-up has synthesized. */
export const defaultTemplate = (): SynthesizedTemplate => {
  const { stackName, region, template } = readCloudAssembly(verifiedAssemblyDirectory);
  return readTemplate(stackName, region, template);
};
