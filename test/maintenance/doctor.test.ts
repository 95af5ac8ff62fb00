import { describe, expect, jest, test } from '@jest/globals';
import { about, examined, troubled } from './examination.ts';

/** The first test of a file loads every function. */
jest.setTimeout(60_000);

describe('doctor, where everything passes', () => {
  test('says so of each thing that it has looked at', async () => {
    const { findings } = await examined({ options: { isWriteTried: true } });

    // The credential is a token, which has no webhook.
    const marks = findings.map(({ subject, mark }) => [subject, mark]);
    expect(marks).toEqual(
      findings.map(({ subject }) => [subject, subject === 'Webhook' ? 'skipped' : 'pass']),
    );
    expect([...new Set(findings.map(({ subject }) => subject))]).toEqual([
      'AWS',
      'CDK bootstrap',
      'Instance types',
      'PMU',
      'Spot quota',
      'On-demand quota',
      'Spot role',
      'Images',
      'Lambda concurrency',
      'Stack',
      'GitHub secret',
      'Admission',
      'Endpoint',
      'GitHub credential',
      'GitHub permission',
      'Repositories',
      'Webhook',
      'Runner group',
    ]);
  });

  test('makes only calls that read, and changes nothing', async () => {
    const { calls, before, after } = await examined();
    const operations = [...new Set(calls.map(({ call }) => `${call.service} ${call.operation}`))].toSorted();

    expect(operations).toEqual([
      'apigateway GetStage',
      'cloudformation DescribeStacks',
      'dynamodb Query',
      'ec2 DescribeAvailabilityZones',
      'ec2 DescribeImages',
      'ec2 DescribeInstanceTypeOfferings',
      'ec2 DescribeInstanceTypes',
      'github GetActionsPermissions',
      'github GetRepository',
      'github GetRunnerGroup',
      'github ListRunners',
      'github ListSecrets',
      'github ListTeams',
      'github ListVariables',
      'github ListWebhooks',
      'iam GetRole',
      'secretsmanager GetSecretValue',
      'servicequotas GetAWSDefaultServiceQuota',
      'servicequotas GetServiceQuota',
      'ssm GetParameter',
      'sts GetCallerIdentity',
    ]);
    expect(after.replaceAll(/"now":"[^"]*"/g, '')).toBe(before.replaceAll(/"now":"[^"]*"/g, ''));
  });

  test('tries to write only when it is told to, and in vain', async () => {
    const { calls, before, after } = await examined({ options: { isWriteTried: true } });
    const writes = calls.filter(({ call }) => !/^(Get|Describe|List|Query)/.test(call.operation));

    expect(writes.map(({ call, status }) => [call.operation, status])).toEqual([['GenerateJitConfig', 422]]);
    expect(after.replaceAll(/"now":"[^"]*"/g, '')).toBe(before.replaceAll(/"now":"[^"]*"/g, ''));
  });
});

describe('doctor, before the first deployment', () => {
  test('looks at what there is, and says what it does not look at', async () => {
    const { findings } = await examined({
      change: ({ deployed }) => {
        deployed.isDeployed = false;
      },
    });

    expect(troubled(findings)).toEqual([]);
    expect(about(findings, 'Stack')).toBe('skipped: Stint is not deployed yet: npm run deploy');
    expect(about(findings, 'Not looked at')).toContain(
      'GitHub secret, Admission, Endpoint: Stack comes first',
    );
    expect(about(findings, 'GitHub credential')).toMatch(/^skipped: none yet.*--credential FILE/);
  });

  test('looks at a credential that is given', async () => {
    const credential = { credential: { kind: 'token', token: 'local' }, from: 'token.txt' } as const;
    const { findings } = await examined({
      options: { credential },
      change: ({ deployed }) => {
        deployed.isDeployed = false;
      },
    });

    expect(about(findings, 'GitHub credential')).toBe('pass: a token, from token.txt');
    expect(about(findings, 'Runner group')).toMatch(/^pass/);
  });
});

describe('doctor, without AWS credentials that are good for anything', () => {
  test('says so once, and looks at what needs none', async () => {
    const credential = { credential: { kind: 'token', token: 'local' }, from: 'token.txt' } as const;
    const { findings } = await examined({
      options: { credential },
      change: ({ faults }) => faults.add({ service: 'sts', operation: '*', error: 'InvalidClientTokenId' }),
    });

    expect(about(findings, 'AWS')).toMatch(/^fail: no credentials.*aws sso login/);
    expect(troubled(findings)).toEqual(['AWS']);
    expect(about(findings, 'Stack')).toBe('skipped: AWS comes first');
    expect(about(findings, 'GitHub permission')).toMatch(/^pass/);
  });
});

describe('doctor, where something does not let itself be looked at', () => {
  test.each([
    [
      'ec2',
      'DescribeImages',
      'UnauthorizedOperation',
      'Images',
      /^warning: cannot be looked at.*ReadOnlyAccess/,
    ],
    ['iam', 'GetRole', 'AccessDenied', 'Spot role', /^warning: cannot be looked at/],
    [
      'apigateway',
      'GetStage',
      'TooManyRequestsException',
      'Admission',
      /^warning: no answer.*again in a minute/,
    ],
    ['github', 'GetRunnerGroup', '500', 'Runner group', /^warning: no answer/],
    ['github', 'ListRunners', '401', 'GitHub permission', /^fail: .*not valid.*credentials.md/],
  ])('%s %s: says so and goes on with the rest', async (service, operation, error, subject, says) => {
    const { findings } = await examined({
      change: ({ faults }) => faults.add({ service, operation, error, times: 5 }),
    });

    expect(about(findings, subject)).toMatch(says);
    expect(troubled(findings)).toEqual([subject]);
  });

  test('the stack: looks at nothing that needs it', async () => {
    const { findings } = await examined({
      change: ({ faults }) =>
        faults.add({ service: 'cloudformation', operation: '*', error: 'AccessDenied' }),
    });

    expect(about(findings, 'Stack')).toMatch(/^fail: cannot be looked at/);
    expect(about(findings, 'Not looked at')).toContain('Stack comes first');
    expect(findings.map(({ subject }) => subject)).not.toContain('Endpoint');
  });
});
