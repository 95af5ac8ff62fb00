import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { FetchedRunner } from '../../../functions/domain/life/provision.ts';
import type { ProvisionInput } from '../../../functions/domain/life/provision-input.ts';
import { newestImageIds } from '../../../local/aws/ec2/catalogue.ts';
import { type BundledCloud, createBundledCloud, label } from './bundled-cloud.ts';

const round = { number: 1, markets: 'spot-first' } as const;

describe('an error of AWS, met in a bundle', () => {
  let cloud: BundledCloud;
  let input: ProvisionInput;
  beforeAll(async () => {
    cloud = await createBundledCloud();
    input = await cloud.begin();
  });
  afterEach(() => cloud.faults.clear());
  afterAll(() => cloud.close());

  // The secret comes first: once it has been read, it is kept.
  test.each([
    ['secretsmanager', 'GetSecretValue', 'DecryptionFailure', 'fetch-jit-config', 'CredentialUnusable'],
    ['kms', 'GenerateDataKey', 'DisabledException', 'fetch-jit-config', 'AwsRefused'],
    ['kms', 'GenerateDataKey', 'KMSInternalException', 'fetch-jit-config', 'AwsUnavailable'],
    ['scheduler', 'CreateSchedule', 'ServiceQuotaExceededException', 'schedule-destroy', 'AwsRefused'],
    ['scheduler', 'CreateSchedule', 'ThrottlingException', 'schedule-destroy', 'AwsUnavailable'],
    ['states', 'StopExecution', 'InvalidArn', 'terminate-instances', 'AwsRefused'],
    ['ec2', 'DescribeImages', 'UnauthorizedOperation', 'resolve-image', 'AwsRefused'],
    ['ec2', 'DescribeImages', 'RequestLimitExceeded', 'resolve-image', 'AwsUnavailable'],
    ['ec2', 'DescribeImages', 'ConnectionLost', 'resolve-image', 'AwsUnavailable'],
  ])('%s %s: %s keeps its name, and %s fails with %s', async (service, operation, error, stem, errorType) => {
    cloud.faults.add({ service, operation, error, times: 2 });
    const named = error === 'ConnectionLost' ? operation : `${operation}: ${error}: An injected fault`;
    expect(await cloud.invoke(stem, { ...input, round })).toMatchObject({
      ok: false,
      errorType,
      errorMessage: expect.stringContaining(named),
    });
  });

  test('is no error where it means that something is gone or there already', async () => {
    await cloud.run('schedule-destroy', input);
    await cloud.run('schedule-destroy', input);
    expect(cloud.schedules.all).toHaveLength(1);
    expect(await cloud.run('terminate-instances', { life: `${label}_arm64-1` })).toBeDefined();
  });

  test('says of a configuration that was sealed for another runner that it is none for this one', async () => {
    const runner = await cloud.run<FetchedRunner>('fetch-jit-config', { ...input, round });
    const search = await cloud.run('rank-capacity-pools', { ...input, round });
    const image = { id: newestImageIds.x86_64 };
    const payload = { ...input, image, round, search, runner: { ...runner, name: `${runner.name}x` } };
    expect(await cloud.invoke('request-spot-instance', payload)).toMatchObject({
      ok: false,
      errorType: 'InputInvalid',
    });
  });
});
