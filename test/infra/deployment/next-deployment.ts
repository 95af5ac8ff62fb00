import type { CloudFormationTemplate } from '../../../infra/cloud-assembly.ts';
import type { StackResource } from '../../../local/template/template.ts';
import { readTemplate, type SynthesizedTemplate } from '../template.ts';

/** A published version is known by its number, which the simulated ids do not count. */
const numbered = (resource: StackResource): StackResource => {
  const text = JSON.stringify(resource).replaceAll(/(:function:[\w-]+):1(?=")/g, '$1:2');
  const counted =
    resource.type === 'AWS::Lambda::Alias'
      ? text.replace('"FunctionVersion":"1"', '"FunctionVersion":"2"')
      : text;
  return JSON.parse(counted) as StackResource;
};

/** The template of the next deployment when the code of every function has changed: each has another version. */
export const withNewCode = ({ template }: SynthesizedTemplate): SynthesizedTemplate => {
  const versions = Object.entries(template.Resources).filter(
    ([, { Type }]) => Type === 'AWS::Lambda::Version',
  );
  const text = versions.reduce(
    (all, [id]) => all.replaceAll(id, `${id.slice(0, -32)}${'f'.repeat(32)}`),
    JSON.stringify(template).replaceAll(/"S3Key":"[0-9a-f]{8}/g, '"S3Key":"ffffffff'),
  );
  const next = readTemplate('Stint', 'us-east-2', JSON.parse(text) as CloudFormationTemplate);
  const resources = (type: string): readonly StackResource[] => next.resources(type).map(numbered);
  return { ...next, resources };
};

/** The template as it was before there were aliases: rules, routes and alarms named versions. */
export const withoutAliases = (stack: SynthesizedTemplate): SynthesizedTemplate => {
  const aliases = Object.entries(stack.template.Resources).filter(
    ([, { Type }]) => Type === 'AWS::Lambda::Alias',
  );
  const versionOf = (alias: string): string => {
    const version = stack.template.Resources[alias]?.Properties?.['FunctionVersion'] as {
      'Fn::GetAtt': string[];
    };
    return version['Fn::GetAtt'][0] ?? '';
  };
  const text = aliases.reduce(
    (all, [id]) => all.replaceAll(`"Ref":"${id}"`, `"Ref":"${versionOf(id)}"`),
    JSON.stringify(stack.template),
  );
  return readTemplate('Stint', 'us-east-2', JSON.parse(text) as CloudFormationTemplate);
};
