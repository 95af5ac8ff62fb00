import { createHash } from 'node:crypto';
import type { TemplateValue } from '../../infra/cloud-assembly.ts';
import { TemplateUnresolvable } from './intrinsics.ts';

/** Where the simulated stack stands. */
export interface StackPlace {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
}

export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  /** A property with its intrinsic functions resolved; `undefined` when it is not set. */
  property(name: string): TemplateValue | undefined;
}

/** What `Ref` and `Fn::GetAtt` give for a resource in a simulated stack. */
export interface PhysicalIds {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

type Naming = (resource: TemplateResource, place: StackPlace) => PhysicalIds;

/** Like the ids that EC2 makes: the same for the same resource at every start. */
const hexId = (prefix: string, { logicalId }: TemplateResource, length = 17): string =>
  `${prefix}-${createHash('sha256').update(logicalId).digest('hex').slice(0, length)}`;

const named = (resource: TemplateResource, property: string, { stackName }: StackPlace): string => {
  const name = resource.property(property);
  return typeof name === 'string' ? name : `${stackName}-${resource.logicalId}`;
};

const arn = (service: string, { region, accountId }: StackPlace, rest: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${rest}`;

const role: Naming = (resource, place) => {
  const name = named(resource, 'RoleName', place);
  return {
    ref: name,
    attributes: { Arn: `arn:aws:iam::${place.accountId}:role/${name}`, RoleId: hexId('role', resource) },
  };
};

const lambdaFunction: Naming = (resource, place) => {
  const name = named(resource, 'FunctionName', place);
  return { ref: name, attributes: { Arn: arn('lambda', place, `function:${name}`) } };
};

/** A version's function is known by its name or its ARN. */
const lambdaVersion: Naming = (resource, place) => {
  const name = String(resource.property('FunctionName')).split(':').at(-1) ?? '';
  const ref = `${arn('lambda', place, `function:${name}`)}:1`;
  return { ref, attributes: { Version: '1', FunctionArn: ref } };
};

const lambdaAlias: Naming = (resource, place) => {
  const name = String(resource.property('FunctionName')).split(':').at(-1) ?? '';
  const ref = `${arn('lambda', place, `function:${name}`)}:${String(resource.property('Name'))}`;
  return { ref, attributes: { AliasArn: ref } };
};

const stateMachine: Naming = (resource, place) => {
  const name = named(resource, 'StateMachineName', place);
  const ref = arn('states', place, `stateMachine:${name}`);
  return { ref, attributes: { Arn: ref, Name: name, StateMachineRevisionId: 'INITIAL' } };
};

const stateMachineVersion: Naming = (resource) => {
  const ref = `${String(resource.property('StateMachineArn'))}:1`;
  return { ref, attributes: { Arn: ref } };
};

const queue: Naming = (resource, place) => {
  const name = named(resource, 'QueueName', place);
  const ref = `https://sqs.${place.region}.amazonaws.com/${place.accountId}/${name}`;
  return { ref, attributes: { Arn: arn('sqs', place, name), QueueName: name, QueueUrl: ref } };
};

const topic: Naming = (resource, place) => {
  const name = named(resource, 'TopicName', place);
  return { ref: arn('sns', place, name), attributes: { TopicArn: arn('sns', place, name), TopicName: name } };
};

const key: Naming = (resource, place) => {
  const ref = hexId('local', resource, 12);
  return { ref, attributes: { Arn: arn('kms', place, `key/${ref}`), KeyId: ref } };
};

const secret: Naming = (resource, place) => {
  const ref = arn('secretsmanager', place, `secret:${named(resource, 'Name', place)}-local0`);
  return { ref, attributes: { Id: ref } };
};

const table: Naming = (resource, place) => {
  const name = named(resource, 'TableName', place);
  return { ref: name, attributes: { Arn: arn('dynamodb', place, `table/${name}`) } };
};

const scheduleGroup: Naming = (resource, place) => {
  const name = named(resource, 'Name', place);
  return { ref: name, attributes: { Arn: arn('scheduler', place, `schedule-group/${name}`) } };
};

const schedule: Naming = (resource, place) => {
  const name = named(resource, 'Name', place);
  const group = resource.property('GroupName') ?? 'default';
  return { ref: name, attributes: { Arn: arn('scheduler', place, `schedule/${String(group)}/${name}`) } };
};

const rule: Naming = (resource, place) => {
  const name = named(resource, 'Name', place);
  return { ref: name, attributes: { Arn: arn('events', place, `rule/${name}`) } };
};

const logGroup: Naming = (resource, place) => {
  const name = named(resource, 'LogGroupName', place);
  return { ref: name, attributes: { Arn: arn('logs', place, `log-group:${name}:*`) } };
};

const subnet: Naming = (resource) => {
  const ref = hexId('subnet', resource);
  return {
    ref,
    attributes: { SubnetId: ref, AvailabilityZone: String(resource.property('AvailabilityZone')) },
  };
};

const alarm: Naming = (resource, place) => {
  const name = named(resource, 'AlarmName', place);
  return { ref: name, attributes: { Arn: arn('cloudwatch', place, `alarm:${name}`) } };
};

const httpApi: Naming = (resource, { region }) => {
  const ref = hexId('api', resource, 10).replace('-', '');
  return {
    ref,
    attributes: { ApiId: ref, ApiEndpoint: `https://${ref}.execute-api.${region}.amazonaws.com` },
  };
};

const byName =
  (property: string): Naming =>
  (resource, place) => ({ ref: named(resource, property, place), attributes: {} });

/** A resource that is known by an id alone, by which other attributes it is known as well. */
const byId =
  (prefix: string, ...attributes: readonly string[]): Naming =>
  (resource) => {
    const ref = hexId(prefix, resource);
    return { ref, attributes: Object.fromEntries(attributes.map((attribute) => [attribute, ref])) };
  };

const namings: Readonly<Record<string, Naming>> = {
  'AWS::IAM::Role': role,
  'AWS::IAM::Policy': byName('PolicyName'),
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Version': lambdaVersion,
  'AWS::Lambda::Alias': lambdaAlias,
  'AWS::Lambda::Permission': byId('permission', 'Id'),
  'AWS::Lambda::EventInvokeConfig': byId('invoke-config'),
  'AWS::StepFunctions::StateMachine': stateMachine,
  'AWS::StepFunctions::StateMachineVersion': stateMachineVersion,
  'AWS::SQS::Queue': queue,
  'AWS::SQS::QueuePolicy': byId('queue-policy', 'Id'),
  'AWS::SNS::Topic': topic,
  'AWS::SNS::TopicPolicy': byId('topic-policy', 'Id'),
  'AWS::SNS::Subscription': byId('subscription'),
  'AWS::KMS::Key': key,
  'AWS::KMS::Alias': byName('AliasName'),
  'AWS::SecretsManager::Secret': secret,
  'AWS::SSM::Parameter': byName('Name'),
  'AWS::DynamoDB::Table': table,
  'AWS::Scheduler::ScheduleGroup': scheduleGroup,
  'AWS::Scheduler::Schedule': schedule,
  'AWS::Events::Rule': rule,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::Dashboard': byName('DashboardName'),
  'AWS::Logs::QueryDefinition': byId('query', 'QueryDefinitionId'),
  'AWS::ApiGatewayV2::Api': httpApi,
  'AWS::ApiGatewayV2::Integration': byId('integration', 'IntegrationId'),
  'AWS::ApiGatewayV2::Route': byId('route', 'RouteId'),
  'AWS::ApiGatewayV2::Stage': byName('StageName'),
  'AWS::EC2::VPC': byId('vpc', 'VpcId', 'DefaultSecurityGroup'),
  'AWS::EC2::Subnet': subnet,
  'AWS::EC2::SecurityGroup': byId('sg', 'GroupId', 'Id'),
  'AWS::EC2::RouteTable': byId('rtb', 'RouteTableId'),
  'AWS::EC2::InternetGateway': byId('igw', 'InternetGatewayId'),
  'AWS::EC2::VPCGatewayAttachment': byId('attachment'),
  'AWS::EC2::Route': byId('route'),
  'AWS::EC2::SubnetRouteTableAssociation': byId('rtbassoc', 'Id'),
  'AWS::EC2::FlowLog': byId('fl', 'Id'),
};

/** The physical ids of a resource. Throws {@link TemplateUnresolvable} for a type that is not simulated. */
export const physicalIds = (resource: TemplateResource, place: StackPlace): PhysicalIds => {
  const naming = namings[resource.type];
  if (naming === undefined)
    throw new TemplateUnresolvable(`${resource.logicalId} is a ${resource.type}, which has no simulated ids`);
  return naming(resource, place);
};
