import type { IamRequest } from '../../local/aws/iam/iam-request.ts';
import { simulateRequest } from '../../local/aws/iam/iam-simulation.ts';
import { asList, asProperties, asText } from '../../local/template/properties.ts';
import {
  type ResourcePolicies,
  stackResourcePolicies,
} from '../../local/template/stack-resource-policies.ts';
import { type PolicyDocument, stackRoles } from '../../local/template/stack-roles.ts';
import type { StackResource } from '../../local/template/template.ts';
import type { SynthesizedTemplate } from './template.ts';

/** A template, or what stands in the account. */
type Standing = Pick<SynthesizedTemplate, 'resources' | 'one'>;

const accountId = '000000000000';

/** Something that one service of AWS's hands to another for the stack, and all that policies must allow for it. */
export interface Delivery {
  readonly what: string;
  readonly needs: readonly { readonly principal: string; readonly request: IamRequest }[];
}

type Value = StackResource['properties'][string];

const arnOf = ({ ids }: StackResource): string => asText(ids.attributes['Arn'] ?? ids.ref);

const need = (principal: string, action: string, resource: string, sourceArn?: string) => ({
  principal,
  request: {
    action,
    resource,
    context: {
      'aws:SecureTransport': 'true',
      ...(sourceArn === undefined ? {} : { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': accountId }),
    },
  },
});

/**
 * By whom an alarm's action is done, by the service that it names. A kind of action that stands here for the first
 * time has to be looked up: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
 */
const alarmActions: Readonly<Record<string, { readonly principal: string; readonly action: string }>> = {
  sns: { principal: 'cloudwatch.amazonaws.com', action: 'sns:Publish' },
  lambda: { principal: 'lambda.alarms.cloudwatch.amazonaws.com', action: 'lambda:InvokeFunction' },
};

const ofAlarms = ({ resources }: Standing): readonly Delivery[] =>
  resources('AWS::CloudWatch::Alarm').flatMap((alarm) => {
    const { AlarmActions, OKActions, InsufficientDataActions } = alarm.properties;
    const targets = [AlarmActions, OKActions, InsufficientDataActions].flatMap(asList).map(asText);
    return [...new Set(targets)].map((target) => {
      const known = alarmActions[target.split(':')[2] ?? ''];
      if (known === undefined) throw new Error(`Nobody has looked up who does ${target}`);
      return {
        what: `${alarm.logicalId} to ${target}`,
        needs: [need(known.principal, known.action, target, arnOf(alarm))],
      };
    });
  });

const ofTarget = (rule: StackResource, target: Value): Delivery => {
  const { Arn, DeadLetterConfig, RoleArn } = asProperties(target);
  if (!asText(Arn).includes(':lambda:') || RoleArn !== undefined)
    throw new Error(`Nobody has looked up what ${asText(Arn)} needs`);
  const events = 'events.amazonaws.com';
  const queue = DeadLetterConfig === undefined ? undefined : asText(asProperties(DeadLetterConfig)['Arn']);
  return {
    what: `${rule.logicalId} to ${asText(Arn)}`,
    needs: [
      need(events, 'lambda:InvokeFunction', asText(Arn), arnOf(rule)),
      ...(queue === undefined ? [] : [need(events, 'sqs:SendMessage', queue, arnOf(rule))]),
    ],
  };
};

const ofRules = ({ resources }: Standing): readonly Delivery[] =>
  resources('AWS::Events::Rule').flatMap((rule) =>
    asList(rule.properties['Targets']).map((target) => ofTarget(rule, target)),
  );

const ofRoutes = ({ resources, one }: Standing): readonly Delivery[] =>
  resources('AWS::ApiGatewayV2::Route').map((route) => {
    const id = asText(route.properties['Target']).split('/').at(-1);
    const integration = resources('AWS::ApiGatewayV2::Integration').find(({ ids }) => ids.ref === id);
    const uri = asText(integration?.properties['IntegrationUri']);
    const target = /functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
    const [, region] = /^arn:aws:lambda:([\w-]+):/.exec(target) ?? [];
    const key = asText(route.properties['RouteKey']).replace(' ', '');
    const source = `arn:aws:execute-api:${region}:${accountId}:${one('AWS::ApiGatewayV2::Api').ids.ref}/$default/${key}`;
    return {
      what: `${route.logicalId} to ${target}`,
      needs: [need('apigateway.amazonaws.com', 'lambda:InvokeFunction', target, source)],
    };
  });

const roleOf = ({ resources }: Standing, functionName: string): string => {
  const fn = resources('AWS::Lambda::Function').find(({ ids }) => ids.ref === functionName);
  return asText(fn?.properties['Role']);
};

/** Lambda puts what a function has failed at into the queue in the function's name. */
const ofFailedEvents = (template: Standing): readonly Delivery[] =>
  template.resources('AWS::Lambda::EventInvokeConfig').flatMap(({ logicalId, properties }) => {
    // What comes again in a minute anyway is kept nowhere.
    if (properties['DestinationConfig'] === undefined) return [];
    const { OnFailure } = asProperties(properties['DestinationConfig']);
    const queue = asText(asProperties(OnFailure)['Destination']);
    const role = roleOf(template, asText(properties['FunctionName']));
    return [{ what: `${logicalId} to ${queue}`, needs: [need(role, 'sqs:SendMessage', queue)] }];
  });

/** Every function runs in its role, and writes its log by it. */
const ofFunctions = ({ resources }: Standing): readonly Delivery[] =>
  resources('AWS::Lambda::Function').map(({ logicalId, properties }) => {
    const role = asText(properties['Role']);
    const group = asText(asProperties(properties['LoggingConfig'])['LogGroup']);
    const logs = resources('AWS::Logs::LogGroup').find(({ ids }) => ids.ref === group);
    const stream = `${asText(logs?.ids.attributes['Arn']).replace(/\*$/, '')}log-stream:one`;
    return {
      what: `${logicalId} to ${group}`,
      needs: [
        need('lambda.amazonaws.com', 'sts:AssumeRole', role),
        need(role, 'logs:CreateLogStream', stream),
        need(role, 'logs:PutLogEvents', stream),
      ],
    };
  });

const invokedBy = ({ properties }: StackResource): readonly string[] =>
  Object.values(asProperties(properties['DefinitionSubstitutions'] ?? {})).map(asText);

/** https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html, https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html */
const telemetry = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
];

const ofStateMachines = ({ resources }: Standing): readonly Delivery[] =>
  resources('AWS::StepFunctions::StateMachine').map((stateMachine) => {
    const role = asText(stateMachine.properties['RoleArn']);
    return {
      what: `${stateMachine.logicalId} to its steps and its log`,
      needs: [
        need('states.amazonaws.com', 'sts:AssumeRole', role, stateMachine.ids.ref),
        ...invokedBy(stateMachine).map((target) => need(role, 'lambda:InvokeFunction', target)),
        ...telemetry.map((action) => need(role, action, '*')),
      ],
    };
  });

/** What a schedule that a function makes needs: the function's settings say the role, the target and the queue. */
const ofSchedules = ({ resources }: Standing): readonly Delivery[] =>
  resources('AWS::Lambda::Function').flatMap(({ logicalId, properties }) => {
    const variables = asProperties(asProperties(properties['Environment'] ?? {})['Variables'] ?? {});
    if (variables['SCHEDULER_ROLE_ARN'] === undefined) return [];
    const role = asText(variables['SCHEDULER_ROLE_ARN']);
    const [group] = resources('AWS::Scheduler::ScheduleGroup');
    return {
      what: `the schedules of ${logicalId}`,
      needs: [
        need('scheduler.amazonaws.com', 'sts:AssumeRole', role, asText(group?.ids.attributes['Arn'])),
        need(role, 'states:StartExecution', asText(variables['DESTROY_STATE_MACHINE_ARN'])),
        need(role, 'sqs:SendMessage', asText(variables['DEAD_LETTER_QUEUE_ARN'])),
      ],
    };
  });

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
const ofFlowLogs = ({ resources }: Standing): readonly Delivery[] =>
  resources('AWS::EC2::FlowLog').map(({ logicalId, properties }) => {
    const role = asText(properties['DeliverLogsPermissionArn']);
    const group = resources('AWS::Logs::LogGroup').find(({ ids }) => ids.ref === properties['LogGroupName']);
    const stream = `${asText(group?.ids.attributes['Arn']).replace(/\*$/, '')}log-stream:one`;
    return {
      what: `${logicalId} to its log`,
      needs: [
        need(
          'vpc-flow-logs.amazonaws.com',
          'sts:AssumeRole',
          role,
          `arn:aws:ec2:us-east-2:${accountId}:vpc-flow-log/fl-1`,
        ),
        need(role, 'logs:CreateLogStream', stream),
        need(role, 'logs:PutLogEvents', stream),
      ],
    };
  });

/** Every delivery from service to service that the template asks for. */
export const deliveriesOf = (template: Standing): readonly Delivery[] =>
  [
    ofAlarms,
    ofRules,
    ofRoutes,
    ofFailedEvents,
    ofFunctions,
    ofStateMachines,
    ofSchedules,
    ofFlowLogs,
  ].flatMap((deliveries) => deliveries(template));

/** The policies that have a say in a delivery: those of roles, with whom each trusts, and those of resources. */
export interface DeliveryPolicies {
  readonly ofRoles: Readonly<Record<string, readonly PolicyDocument[]>>;
  readonly ofResources: ResourcePolicies;
}

/** Reads them from a template, or from what stands in the account. */
export const deliveryPolicies = (standing: Standing): DeliveryPolicies => {
  const roles = stackRoles(standing);
  return {
    ofRoles: Object.fromEntries(roles.map(({ arn, policies }) => [arn, policies])),
    ofResources: {
      ...stackResourcePolicies(standing),
      ...Object.fromEntries(roles.map(({ arn, trust }) => [arn, trust])),
    },
  };
};

/** What of a delivery the policies do not allow, in words. */
export const refusedNeeds = async (
  { what, needs }: Delivery,
  { ofRoles, ofResources }: DeliveryPolicies,
): Promise<readonly string[]> => {
  const refused = await Promise.all(
    needs.map(async ({ principal, request }) => {
      const ofResource = ofResources[request.resource];
      const isAllowed = await simulateRequest(accountId, principal, request, {
        ofPrincipal: ofRoles[principal] ?? [],
        ...(ofResource === undefined ? {} : { ofResource }),
      });
      return isAllowed ? [] : [`${what}: ${principal} may not ${request.action} on ${request.resource}`];
    }),
  );
  return refused.flat();
};
