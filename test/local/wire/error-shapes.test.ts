import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, test } from '@jest/globals';
import { clientConfiguration } from '../../../functions/adapters/aws/aws-connection.ts';
import { kmsService } from '../../../local/aws/kms/protocol.ts';
import { schedulerService } from '../../../local/aws/scheduler/protocol.ts';
import { Schedules } from '../../../local/aws/scheduler/state.ts';
import { Secrets } from '../../../local/aws/secrets-manager/protocol.ts';
import type { CloudService } from '../../../local/wire/wire.ts';
import { fakeAws } from '../../adapters/aws/fake-aws.ts';
import { fakeEc2 } from '../../adapters/aws/fake-ec2.ts';
import { fakeStepFunctions } from '../../adapters/aws/fake-step-functions.ts';

const once = (connection: Parameters<typeof clientConfiguration>[0]) => ({
  ...clientConfiguration(connection),
  maxAttempts: 1,
});
const behind = (service: CloudService) => fakeAws(service);

const ec2 = () => {
  const { connection, faults } = fakeEc2();
  return { faults, call: () => new EC2Client(once(connection)).send(new DescribeInstancesCommand({})) };
};
const states = () => {
  const { connection, faults } = fakeStepFunctions();
  const command = new DescribeExecutionCommand({ executionArn: 'arn:a' });
  return { faults, call: () => new SFNClient(once(connection)).send(command) };
};
const kms = () => {
  const { connection, faults } = behind(kmsService([]));
  const command = new DecryptCommand({ CiphertextBlob: new Uint8Array([1]) });
  return { faults, call: () => new KMSClient(once(connection)).send(command) };
};
const secretsmanager = () => {
  const { connection, faults } = behind(new Secrets().service());
  const command = new GetSecretValueCommand({ SecretId: 'arn:a' });
  return { faults, call: () => new SecretsManagerClient(once(connection)).send(command) };
};
const scheduler = () => {
  const schedules = new Schedules({
    groups: [],
    startExecution: () => undefined,
    onDeadLetter: () => undefined,
  });
  const { connection, faults } = behind(schedulerService(schedules));
  return {
    faults,
    call: () => new SchedulerClient(once(connection)).send(new GetScheduleCommand({ Name: 'a' })),
  };
};

const services = { ec2, states, kms, secretsmanager, scheduler };

const thrown = async (service: keyof typeof services, code: string) => {
  const { faults, call } = services[service]();
  faults.add({ service, operation: '*', error: code });
  return call().then(
    () => undefined,
    (error: unknown) => error,
  );
};

describe('an error on the wire becomes the error of the SDK, with its name, message and status', () => {
  test.each([
    ['ec2', 'InvalidInstanceID.NotFound', 400],
    ['ec2', 'UnauthorizedOperation', 403],
    ['ec2', 'InsufficientInstanceCapacity', 500],
    ['ec2', 'RequestLimitExceeded', 503],
    ['states', 'ExecutionDoesNotExist', 400],
    ['states', 'ExecutionAlreadyExists', 400],
    ['states', 'ThrottlingException', 400],
    ['states', 'AccessDeniedException', 400],
    ['kms', 'InvalidCiphertextException', 400],
    ['kms', 'KMSInternalException', 500],
    ['kms', 'DependencyTimeoutException', 503],
    ['kms', 'KeyUnavailableException', 500],
    ['secretsmanager', 'ResourceNotFoundException', 400],
    ['secretsmanager', 'InternalServiceError', 500],
    ['scheduler', 'ResourceNotFoundException', 404],
    ['scheduler', 'ConflictException', 409],
    ['scheduler', 'ThrottlingException', 429],
    ['scheduler', 'ServiceQuotaExceededException', 402],
    ['scheduler', 'InternalServerException', 500],
  ] as const)('%s: %s', async (service, code, status) => {
    expect(await thrown(service, code)).toMatchObject({
      name: code,
      message: expect.stringContaining('An injected fault'),
      $metadata: { httpStatusCode: status },
    });
  });

  test.each(['ec2', 'states', 'kms', 'secretsmanager', 'scheduler'] as const)(
    '%s: a status from before the service has its status, and no name of the service',
    async (service) => {
      const error = await thrown(service, '503');

      expect(error).toMatchObject({ $metadata: { httpStatusCode: 503 } });
      expect((error as Error).name).not.toBe('503');
    },
  );
});

describe('an absence that a service itself tells', () => {
  test.each([
    ['states', 'ExecutionDoesNotExist'],
    ['kms', 'InvalidCiphertextException'],
    ['secretsmanager', 'ResourceNotFoundException'],
    ['scheduler', 'ResourceNotFoundException'],
  ] as const)('%s: is %s', async (service, code) => {
    await expect(services[service]().call()).rejects.toMatchObject({ name: code });
  });
});
