import type { SynthesizedStack } from '../../infra/cloud-assembly.ts';
import { TemplateUnresolvable } from './intrinsics.ts';
import type { StackPlace } from './physical-ids.ts';
import { asNumber, asProperties, asText } from './properties.ts';
import { type StackAlarm, stackAlarms } from './stack-alarms.ts';
import { type StackFunction, stackFunctions } from './stack-functions.ts';
import { type StackHttpApi, stackHttpApi } from './stack-http-api.ts';
import { type StackInvokeConfig, stackInvokeConfigs } from './stack-invoke-configs.ts';
import { type StackRecord, stackRecord } from './stack-record.ts';
import { type ResourcePolicies, stackResourcePolicies } from './stack-resource-policies.ts';
import { type StackRole, stackRoles } from './stack-roles.ts';
import { type StackRule, stackRules } from './stack-rules.ts';
import { type StackStateMachine, stackStateMachines } from './stack-state-machines.ts';
import { type StackTable, stackTables } from './stack-tables.ts';
import { type StackTopic, stackTopics } from './stack-topics.ts';
import { Template } from './template.ts';

/** A parameter of Systems Manager with the value that it is created with. */
export interface StackParameter {
  readonly name: string;
  readonly value: string;
  /** What every value must match. */
  readonly allowedPattern?: string;
}

/** A secret whose first value Secrets Manager makes. */
export interface GeneratedSecret {
  readonly arn: string;
  /** Letters and digits. */
  readonly length: number;
}

export interface StackSubnet {
  readonly subnetId: string;
  readonly availabilityZone: string;
}

/** All that a synthesized template says, as the simulated cloud would have created it. */
export interface Stack {
  readonly place: StackPlace;
  readonly functions: readonly StackFunction[];
  readonly invokeConfigs: readonly StackInvokeConfig[];
  readonly stateMachines: readonly StackStateMachine[];
  readonly httpApi: StackHttpApi;
  readonly rules: readonly StackRule[];
  readonly roles: readonly StackRole[];
  readonly resourcePolicies: ResourcePolicies;
  readonly subnets: readonly StackSubnet[];
  readonly securityGroupIds: readonly string[];
  readonly scheduleGroups: readonly string[];
  /** Those that a person fills. */
  readonly secretArns: readonly string[];
  readonly generatedSecrets: readonly GeneratedSecret[];
  readonly parameters: readonly StackParameter[];
  readonly tables: readonly StackTable[];
  readonly keyArns: readonly string[];
  readonly queueArns: readonly string[];
  readonly topics: readonly StackTopic[];
  readonly logGroups: readonly string[];
  readonly alarms: readonly StackAlarm[];
  readonly record: StackRecord;
}

const accountId = '000000000000';

const refs = (template: Template, type: string): readonly string[] =>
  template.resources(type).map(({ ids }) => ids.ref);

const arns = (template: Template, type: string): readonly string[] =>
  template.resources(type).map(({ ids }) => asText(ids.attributes['Arn']));

const subnets = (template: Template): readonly StackSubnet[] =>
  template.resources('AWS::EC2::Subnet').map(({ ids, properties }) => ({
    subnetId: ids.ref,
    availabilityZone: asText(properties['AvailabilityZone']),
  }));

const parameters = (template: Template): readonly StackParameter[] =>
  template.resources('AWS::SSM::Parameter').map(({ ids, properties: { Value, AllowedPattern } }) => ({
    name: ids.ref,
    value: asText(Value),
    ...(AllowedPattern === undefined ? {} : { allowedPattern: asText(AllowedPattern) }),
  }));

const secrets = (template: Template): Pick<Stack, 'secretArns' | 'generatedSecrets'> => {
  const all = template.resources('AWS::SecretsManager::Secret');
  const generatedSecrets = all.flatMap(({ ids, properties: { GenerateSecretString: generate } }) => {
    if (generate === undefined) return [];
    const { PasswordLength, ExcludePunctuation } = asProperties(generate);
    if (ExcludePunctuation !== true)
      throw new TemplateUnresolvable('A secret with punctuation in it is not simulated');
    return [{ arn: ids.ref, length: asNumber(PasswordLength ?? 32) }];
  });
  const generated = new Set(generatedSecrets.map(({ arn }) => arn));
  return { secretArns: all.map(({ ids }) => ids.ref).filter((arn) => !generated.has(arn)), generatedSecrets };
};

/** Reads a synthesized stack. Throws TemplateUnresolvable when it holds something that is not simulated. */
export const readStack = ({ stackName, region, template: source, assets }: SynthesizedStack): Stack => {
  const place = { stackName, region, accountId };
  const template = new Template(source, place);
  return {
    place,
    functions: stackFunctions(template, assets),
    invokeConfigs: stackInvokeConfigs(template),
    stateMachines: stackStateMachines(template, stackName),
    httpApi: stackHttpApi(template, accountId),
    rules: stackRules(template),
    roles: stackRoles(template),
    resourcePolicies: stackResourcePolicies(template),
    subnets: subnets(template),
    securityGroupIds: refs(template, 'AWS::EC2::SecurityGroup'),
    scheduleGroups: refs(template, 'AWS::Scheduler::ScheduleGroup'),
    ...secrets(template),
    parameters: parameters(template),
    tables: stackTables(template),
    keyArns: arns(template, 'AWS::KMS::Key'),
    queueArns: arns(template, 'AWS::SQS::Queue'),
    topics: stackTopics(template),
    logGroups: refs(template, 'AWS::Logs::LogGroup'),
    alarms: stackAlarms(template),
    record: stackRecord(template),
  };
};
