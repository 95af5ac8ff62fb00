import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, test } from '@jest/globals';
import { type AwsConnection, clientConfiguration } from '../../../functions/adapters/aws/aws-connection.ts';
import { asAws, awsCode, translateAwsError, unlessGone } from '../../../functions/adapters/aws/aws-errors.ts';
import { AwsRefused, AwsUnavailable } from '../../../functions/domain/errors.ts';
import type { WireResponse } from '../../../local/wire/wire.ts';
import { answering } from './fake-aws.ts';

const once = (connection: AwsConnection) => ({ ...clientConfiguration(connection), maxAttempts: 1 });

/** One call in each of the protocols. */
const calls = {
  'the Query protocol': (connection: AwsConnection) =>
    new EC2Client(once(connection)).send(new DescribeInstancesCommand({})),
  'JSON 1.0': (connection: AwsConnection) =>
    new SFNClient(once(connection)).send(new DescribeExecutionCommand({ executionArn: 'arn:a' })),
  'JSON 1.1 of KMS': (connection: AwsConnection) =>
    new KMSClient(once(connection)).send(new DecryptCommand({ CiphertextBlob: new Uint8Array([1]) })),
  'JSON 1.1 of Secrets Manager': (connection: AwsConnection) =>
    new SecretsManagerClient(once(connection)).send(new GetSecretValueCommand({ SecretId: 'a' })),
  'REST JSON': (connection: AwsConnection) =>
    new SchedulerClient(once(connection)).send(new GetScheduleCommand({ Name: 'a' })),
};
const protocols = Object.entries(calls);

const html = (status: number): WireResponse => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html><body><h1>${status}</h1></body></html>`,
});
const empty = (status: number): WireResponse => ({ status, headers: {}, body: '' });

const thrown = async (call: (connection: AwsConnection) => Promise<unknown>, response: WireResponse) =>
  asAws('Operation', () => call(answering(response))).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('an answer that is none of the service', () => {
  test.each(protocols)(
    'in %s: 500, 502, 503, 504 and 429 are unavailable, whatever the body',
    async (_, call) => {
      for (const status of [500, 502, 503, 504, 429])
        for (const response of [html(status), empty(status)])
          expect(await thrown(call, response)).toBeInstanceOf(AwsUnavailable);
    },
  );

  test.each(protocols)('in %s: 403 and 400 without a body are refused', async (_, call) => {
    for (const status of [400, 403]) expect(await thrown(call, empty(status))).toBeInstanceOf(AwsRefused);
  });

  test.each(protocols)('in %s: a connection that breaks is unavailable', async (_, call) => {
    const broken: AwsConnection = { ...answering(empty(200)), requestHandler: undefined as never };
    const unreachable = { ...broken, endpoint: 'http://127.0.0.1:1' };
    await expect(asAws('Operation', () => call(unreachable))).rejects.toThrow(AwsUnavailable);
  });
});

describe('a translated error', () => {
  const fault = Object.assign(new Error('no'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });

  test('says the operation, the code and the message, and keeps the cause', () => {
    const error = translateAwsError(fault, 'RunInstances');
    expect(error.message).toBe('RunInstances: AccessDenied: no');
    expect(error.cause).toBe(fault);
  });

  test('of a thing that is no error is unavailable', () => {
    expect(translateAwsError('broken', 'RunInstances')).toBeInstanceOf(AwsUnavailable);
    expect(awsCode('broken')).toBe('Unknown');
  });

  test('is nothing for a code that means that the target is gone', async () => {
    await expect(unlessGone('Get', ['AccessDenied'], () => Promise.reject(fault))).resolves.toBeUndefined();
    await expect(unlessGone('Get', ['Other'], () => Promise.reject(fault))).rejects.toThrow(AwsRefused);
  });
});
