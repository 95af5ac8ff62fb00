import { describe, expect, test } from '@jest/globals';
import type { PolicyDocument } from '../../local/template/stack-roles.ts';
import type { StackResource } from '../../local/template/template.ts';
import { type DeliveryPolicies, deliveriesOf, deliveryPolicies, refusedNeeds } from './deliveries.ts';
import { templateOf } from './synthesis.ts';

const template = await templateOf({ alarmEmail: 'operator@stint.example' });
const policies = deliveryPolicies(template);
const deliveries = deliveriesOf(template);

describe('what services hand to each other', () => {
  test.each(deliveries.map((delivery) => [delivery.what, delivery] as const))(
    'is allowed by every policy: %s',
    async (_, delivery) => {
      await expect(refusedNeeds(delivery, policies)).resolves.toEqual([]);
    },
  );

  /** Lambda hands on only what it was told where to. */
  const handsOver = ({ type, properties }: StackResource): boolean =>
    type !== 'AWS::Lambda::EventInvokeConfig' || properties['DestinationConfig'] !== undefined;

  test('is looked at for every alarm, rule, route, function, state machine and flow log', () => {
    const { resources } = template;
    for (const type of [
      'AWS::CloudWatch::Alarm',
      'AWS::Events::Rule',
      'AWS::ApiGatewayV2::Route',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::Function',
      'AWS::StepFunctions::StateMachine',
      'AWS::EC2::FlowLog',
    ])
      for (const { logicalId } of resources(type).filter(handsOver))
        expect(deliveries.filter(({ what }) => what.includes(`${logicalId} to `))).not.toEqual([]);
  });

  test('reaches logs that AWS delivers by itself only under the prefix that spares the account’s policy', () => {
    const groups = template.resources('AWS::Logs::LogGroup').map(({ ids }) => ids.ref);
    const vended = groups.filter((name) => !/^\/aws\/lambda\/|^\/Stint\/network$/.test(name));
    expect(vended).toHaveLength(3);
    expect(vended.filter((name) => !name.startsWith('/aws/vendedlogs/'))).toEqual([]);
  });
});

const statementsOf = ({ Statement }: PolicyDocument): readonly object[] =>
  (Statement ?? []) as readonly object[];

const isAllow = (statement: object): boolean => Reflect.get(statement, 'Effect') === 'Allow';

const without = (policy: PolicyDocument, removed: object): PolicyDocument => ({
  ...policy,
  Statement: statementsOf(policy).filter((statement) => statement !== removed) as never,
});

const allowsOfResources = Object.entries(policies.ofResources).flatMap(([arn, policy]) =>
  statementsOf(policy).flatMap((statement, index) =>
    isAllow(statement) ? [[arn, index, policy, statement] as const] : [],
  ),
);

/** A key's policy hands over to the roles' own; the functions' calls show that, and no service uses the key. */
const isKey = (arn: string): boolean => arn.includes(':kms:');

describe('an Allow that is missing', () => {
  test.each(allowsOfResources.filter(([arn]) => !isKey(arn)))(
    'is noticed at %s, statement %i',
    async (arn, _, policy, statement) => {
      const ofResources = { ...policies.ofResources, [arn]: without(policy, statement) };
      const changed: DeliveryPolicies = { ...policies, ofResources };
      const touched = deliveries.filter(({ needs }) =>
        needs.some(({ principal, request }) => [principal, request.resource].includes(arn)),
      );
      const refused = await Promise.all(touched.map((delivery) => refusedNeeds(delivery, changed)));
      expect(refused.flat()).not.toEqual([]);
    },
  );
});

describe('the topic of the alarms', () => {
  const topic = template.one('AWS::SNS::Topic').ids.ref;
  const publish = (principal: string, context: Readonly<Record<string, string>>) =>
    refusedNeeds(
      { what: 'it', needs: [{ principal, request: { action: 'sns:Publish', resource: topic, context } }] },
      policies,
    );
  const own = {
    'aws:SecureTransport': 'true',
    'aws:SourceAccount': '000000000000',
    'aws:SourceArn': 'arn:aws:cloudwatch:us-east-2:000000000000:alarm:Stint-Alarms',
  };

  test('takes what an alarm of this account publishes', async () => {
    await expect(publish('cloudwatch.amazonaws.com', own)).resolves.toEqual([]);
  });

  test.each([
    [
      'an alarm of another account',
      'cloudwatch.amazonaws.com',
      { ...own, 'aws:SourceAccount': '111111111111' },
    ],
    [
      'something that is no alarm',
      'cloudwatch.amazonaws.com',
      { ...own, 'aws:SourceArn': 'arn:aws:events:us-east-2:000000000000:rule/other' },
    ],
    ['another service', 'events.amazonaws.com', own],
    ['an alarm without TLS', 'cloudwatch.amazonaws.com', { ...own, 'aws:SecureTransport': 'false' }],
  ])('refuses %s', async (_, principal, context) => {
    await expect(publish(principal, context)).resolves.toHaveLength(1);
  });
});
