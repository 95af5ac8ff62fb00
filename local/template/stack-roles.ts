import type { TemplateValue } from '../../infra/cloud-assembly.ts';
import { asList, asProperties, asText } from './properties.ts';
import type { Template } from './template.ts';

/** All that is read here of a template. */
export type Resources = Pick<Template, 'resources'>;

/** An IAM policy, its intrinsic functions resolved. */
export type PolicyDocument = Readonly<Record<string, TemplateValue>>;

/** An IAM role of the stack with every policy that is written into the template. */
export interface StackRole {
  readonly name: string;
  readonly arn: string;
  readonly trust: PolicyDocument;
  readonly policies: readonly PolicyDocument[];
  /** Policies of AWS's own, which the template only names. */
  readonly managedPolicyArns: readonly string[];
}

const documentsOf = (policies: TemplateValue | undefined): readonly PolicyDocument[] =>
  asList(policies).map((policy) => asProperties(asProperties(policy)['PolicyDocument']));

const attachedTo = (template: Resources, roleName: string): readonly PolicyDocument[] =>
  template
    .resources('AWS::IAM::Policy')
    .filter(({ properties }) => asList(properties['Roles']).includes(roleName))
    .map(({ properties }) => asProperties(properties['PolicyDocument']));

/** The stack's roles. */
export const stackRoles = (template: Resources): readonly StackRole[] =>
  template.resources('AWS::IAM::Role').map(({ ids, properties }) => ({
    name: ids.ref,
    arn: asText(ids.attributes['Arn']),
    trust: asProperties(properties['AssumeRolePolicyDocument']),
    policies: [...documentsOf(properties['Policies']), ...attachedTo(template, ids.ref)],
    managedPolicyArns: asList(properties['ManagedPolicyArns']).map(asText),
  }));
