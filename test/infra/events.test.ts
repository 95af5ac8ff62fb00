import { describe, expect, test } from '@jest/globals';
import { matchesPattern } from '../../local/aws/events/event-bus.ts';
import { synthesizedStack } from '../synthesized-stack.ts';
import { defaultTemplate } from './template.ts';

const { resources } = defaultTemplate();
const { rules, queueArns } = synthesizedStack();

const aliasOf = (stem: string): string => `arn:aws:lambda:us-east-2:000000000000:function:Stint-${stem}:live`;

const ruleOf = (stem: string) => rules.find(({ targets }) => targets[0]?.arn === aliasOf(stem));

/** https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
const executionEvent = (stateMachine: string, status: string) => ({
  version: '0',
  id: '315c1398-40ff-a850-213b-158f73e60175',
  'detail-type': 'Step Functions Execution Status Change',
  source: 'aws.states',
  account: '000000000000',
  time: '2026-02-26T19:42:21Z',
  region: 'us-east-2',
  resources: [`arn:aws:states:us-east-2:000000000000:execution:${stateMachine}:rr_runner_a_x86_64-1`],
  detail: {
    executionArn: `arn:aws:states:us-east-2:000000000000:execution:${stateMachine}:rr_runner_a_x86_64-1`,
    stateMachineArn: `arn:aws:states:us-east-2:000000000000:stateMachine:${stateMachine}`,
    name: 'rr_runner_a_x86_64-1',
    status,
    startDate: 1_551_225_271_984,
    stopDate: null,
    input: null,
    output: null,
  },
});

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instance-state-changes.html */
const instanceEvent = (state: string) => ({
  version: '0',
  id: '7bf73129-1428-4cd3-a780-95db273d1602',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  account: '000000000000',
  time: '2026-02-26T19:42:21Z',
  region: 'us-east-2',
  resources: ['arn:aws:ec2:us-east-2:000000000000:instance/i-0123456789abcdef0'],
  detail: { 'instance-id': 'i-0123456789abcdef0', state },
});

describe('the rule on provisions', () => {
  const matches = (event: unknown) =>
    matchesPattern(ruleOf('on-provision-unsuccessful')?.eventPattern, event);

  test.each(['FAILED', 'TIMED_OUT', 'ABORTED'])('takes one that %s', (status) => {
    expect(matches(executionEvent('Stint-provision-runner', status))).toBe(true);
  });

  test.each(['RUNNING', 'SUCCEEDED'])('leaves one that %s', (status) => {
    expect(matches(executionEvent('Stint-provision-runner', status))).toBe(false);
  });

  test('leaves executions of other state machines, a failed destroy among them', () => {
    expect(matches(executionEvent('Stint-destroy-runner', 'FAILED'))).toBe(false);
    expect(matches(executionEvent('Other-provision-runner', 'FAILED'))).toBe(false);
  });
});

describe('the rule on instances', () => {
  const matches = (event: unknown) => matchesPattern(ruleOf('on-instance-terminated')?.eventPattern, event);

  test('takes an instance that is ending or has ended', () => {
    expect(matches(instanceEvent('shutting-down'))).toBe(true);
    expect(matches(instanceEvent('terminated'))).toBe(true);
  });

  test.each(['pending', 'running', 'stopping', 'stopped'])('leaves one that is %s', (state) => {
    expect(matches(instanceEvent(state))).toBe(false);
  });
});

test('the sweep comes every five minutes', () => {
  expect(ruleOf('sweep')).toMatchObject({ everySeconds: 300 });
});

describe.each(['on-provision-unsuccessful', 'on-instance-terminated', 'sweep'])('%s', (stem) => {
  test('is invoked by its alias, which the rule may invoke', () => {
    const rule = ruleOf(stem);
    expect(rule?.targets).toHaveLength(1);
    const permissions = resources('AWS::Lambda::Permission').map(({ properties }) => properties);
    expect(permissions).toContainEqual(
      expect.objectContaining({
        Principal: 'events.amazonaws.com',
        SourceArn: rule?.arn,
        FunctionName: aliasOf(stem),
      }),
    );
  });

  test('leaves what cannot be delivered, and what fails after retries, in a dead-letter queue', () => {
    const deadLetterArn = ruleOf(stem)?.targets[0]?.deadLetterArn;
    expect(queueArns).toContain(deadLetterArn);
    const configs = resources('AWS::Lambda::EventInvokeConfig').map(({ properties }) => properties);
    expect(configs).toContainEqual(
      expect.objectContaining({
        FunctionName: `Stint-${stem}`,
        Qualifier: 'live',
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnFailure: { Destination: deadLetterArn } },
      }),
    );
  });
});

describe('the dead-letter queues', () => {
  test('are encrypted, and refuse whoever does not speak TLS', () => {
    const queues = resources('AWS::SQS::Queue');
    expect(queues).toHaveLength(2);
    for (const { properties } of queues) expect(properties).toMatchObject({ SqsManagedSseEnabled: true });
    const policies = resources('AWS::SQS::QueuePolicy').map(({ properties }) => JSON.stringify(properties));
    expect(policies).toHaveLength(2);
    for (const policy of policies) expect(policy).toContain('"aws:SecureTransport":"false"');
  });
});
