import { describe, expect, test } from '@jest/globals';
import { synthesizedStack } from '../synthesized-stack.ts';
import { defaultTemplate } from './template.ts';

const { template, resources, one } = defaultTemplate();
const stack = synthesizedStack();

describe('what the stack keeps', () => {
  test('is a secret without a value for the credential, and one that Secrets Manager makes for the webhook', () => {
    const secrets = resources('AWS::SecretsManager::Secret').map(({ properties }) => properties);
    expect(secrets).toHaveLength(2);
    for (const secret of secrets) expect(secret).not.toHaveProperty('SecretString');
    expect(secrets.map(({ GenerateSecretString: generate }) => generate)).toEqual([
      undefined,
      { PasswordLength: 48, ExcludePunctuation: true },
    ]);
  });

  test('is a key that rotates, for the account’s own use', () => {
    const { properties } = one('AWS::KMS::Key');
    expect(properties).toMatchObject({ EnableKeyRotation: true });
    expect(JSON.stringify(properties['KeyPolicy'])).toContain('arn:aws:iam::000000000000:root');
    expect(JSON.stringify(properties['KeyPolicy'])).not.toContain('"AWS":"*"');
  });

  test('is a switch that is open, and can be set to nothing but open and closed', () => {
    const { properties } = one('AWS::SSM::Parameter');
    expect(properties).toMatchObject({ Name: '/Stint/admission', Type: 'String', Value: 'open' });
    const pattern = new RegExp(String(properties['AllowedPattern']));
    expect(['open', 'closed'].every((position) => pattern.test(position))).toBe(true);
    expect(['', 'Open', 'openn', 'on', 'half closed'].some((position) => pattern.test(position))).toBe(false);
  });

  test('is a table that is paid by the request, and can be brought back to any moment of the last weeks', () => {
    const { properties } = one('AWS::DynamoDB::Table');
    expect(properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
    // DynamoDB's own key encrypts every table that names no other.
    expect(properties).not.toHaveProperty('SSESpecification');
    expect(properties).not.toHaveProperty('DeletionProtectionEnabled');
  });

  test('is logs for a month', () => {
    for (const { properties } of resources('AWS::Logs::LogGroup'))
      expect(properties).toMatchObject({
        RetentionInDays: 30,
        LogGroupName: expect.stringContaining('Stint'),
      });
  });
});

describe('what the stack leaves behind', () => {
  test('is nothing: only versions outlive their template, and they go with their functions', () => {
    const kept = Object.values(template.Resources).filter(
      (resource) => 'DeletionPolicy' in resource && resource.DeletionPolicy !== 'Delete',
    );
    expect(new Set(kept.map(({ Type }) => Type))).toEqual(new Set(['AWS::Lambda::Version']));
  });

  test('has been told to go wherever CloudFormation would keep it otherwise', () => {
    for (const type of [
      'AWS::Logs::LogGroup',
      'AWS::KMS::Key',
      'AWS::SecretsManager::Secret',
      'AWS::SQS::Queue',
      'AWS::DynamoDB::Table',
    ])
      for (const { logicalId } of resources(type))
        expect(template.Resources[logicalId]).toMatchObject({ DeletionPolicy: 'Delete' });
  });
});

describe('the deadline schedules', () => {
  const role = stack.roles.find(({ name }) => name.includes('DeadlineSchedules'));

  test('have a group of their own, which takes them with it', () => {
    expect(stack.scheduleGroups).toEqual(['Stint']);
  });

  test('act by a role that only Scheduler can take, for this group', () => {
    expect(role?.trust).toMatchObject({
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: {
            StringEquals: {
              'aws:SourceAccount': '000000000000',
              'aws:SourceArn': 'arn:aws:scheduler:us-east-2:000000000000:schedule-group/Stint',
            },
          },
        },
      ],
    });
  });

  test('can start destroy-runner, leave a dead letter, and do nothing else', () => {
    const statements = (role?.policies ?? []).flatMap(({ Statement }) => Statement as unknown[]);
    expect(statements).toHaveLength(2);
    expect(statements).toEqual(
      expect.arrayContaining([
        {
          Effect: 'Allow',
          Action: 'states:StartExecution',
          Resource: 'arn:aws:states:us-east-2:000000000000:stateMachine:Stint-destroy-runner',
        },
        {
          Effect: 'Allow',
          Action: 'sqs:SendMessage',
          Resource: expect.stringContaining('DeadlineSchedulesDeadLetters'),
        },
      ]),
    );
  });
});

test('the outputs tell where the endpoint, the secret, the switch and the state machines are', () => {
  const { Outputs } = template as unknown as { readonly Outputs: Readonly<Record<string, unknown>> };
  expect(Object.keys(Outputs).sort()).toEqual([
    'AdmissionParameter',
    'ApiId',
    'DashboardUrl',
    'Deployment',
    'DestroyStateMachineArn',
    'EndpointUrl',
    'GitHubSecretArn',
    'ProvisionStateMachineArn',
    'WebhookSecretArn',
    'WebhookUrl',
  ]);
});

test('each output says what it is, and one leads to the dashboard', () => {
  const { Outputs } = template as unknown as {
    readonly Outputs: Readonly<Record<string, { readonly Value: unknown; readonly Description?: string }>>;
  };
  for (const { Description = '' } of Object.values(Outputs)) expect(Description).toMatch(/^[A-Z].{10,}/);
  const [dashboard] = resources('AWS::CloudWatch::Dashboard');
  expect(JSON.stringify(Outputs['DashboardUrl']?.Value)).toContain(
    'https://us-east-2.console.aws.amazon.com/cloudwatch/home?region=us-east-2#dashboards/dashboard/',
  );
  expect(dashboard?.ids.ref).toBe('Stint');
});
