import { describe, expect, test } from '@jest/globals';
import type { Config } from '../../infra/config.ts';
import { ConfigInvalid, readConfig } from '../../infra/read-config.ts';

const mistakesOf = (context: Readonly<Record<string, unknown>>): readonly string[] => {
  try {
    readConfig(context);
    return [];
  } catch (error) {
    if (error instanceof ConfigInvalid) return error.mistakes;
    throw error;
  }
};

const network = {
  vpcId: 'vpc-0123456789abcdef0',
  subnets: [
    { subnetId: 'subnet-0123456789abcdef0', availabilityZone: 'us-east-2a' },
    { subnetId: 'subnet-0123456789abcdef1', availabilityZone: 'us-east-2b' },
  ],
};

describe('the configuration', () => {
  test('is the first user’s when nothing is given', () => {
    expect(readConfig({})).toMatchObject({
      target: 'rr-debugger',
      labelPrefix: 'rr_runner_',
      lifetimeMinutes: 60,
      instanceTypes: { x86_64: ['c5.9xlarge'], arm64: ['c6g.8xlarge'] },
      liveRunnerCap: 20,
      runnersPerRun: 2,
      allowedRepositories: ['rr-debugger/rr'],
      region: 'us-east-2',
      zones: 3,
      runnerGroupId: 1,
    } satisfies Partial<Config>);
  });

  test('has the first user’s boot script, which gives the runner a home on a tmpfs of 32 GB', () => {
    const { bootScript } = readConfig({});
    expect(bootScript).toMatch(/^mount -t tmpfs -o size=32G,mode=1777 tmpfs \/tmp$/m);
    expect(bootScript).toMatch(/^echo \/tmp\/\S+ > \/run\/stint-runner-home$/m);
  });

  test.each<[string, string, unknown, keyof Config, unknown]>([
    ['a number as text', 'liveRunnerCap', '7', 'liveRunnerCap', 7],
    ['a number', 'liveRunnerCap', 7, 'liveRunnerCap', 7],
    ['a fraction as text', 'requestsPerSecond', '0.5', 'requestsPerSecond', 0.5],
    [
      'a list with commas',
      'allowedRepositories',
      'rr-debugger/rr, rr-debugger/pernosco',
      'allowedRepositories',
      ['rr-debugger/rr', 'rr-debugger/pernosco'],
    ],
    [
      'a list as JSON text',
      'allowedRepositories',
      '["rr-debugger/rr"]',
      'allowedRepositories',
      ['rr-debugger/rr'],
    ],
    [
      'an object as JSON text',
      'instanceTypes',
      '{"arm64":["m7g.4xlarge","c7g.4xlarge"]}',
      'instanceTypes',
      {
        x86_64: ['c5.9xlarge'],
        arm64: ['m7g.4xlarge', 'c7g.4xlarge'],
      },
    ],
    [
      'a list with commas in an object',
      'instanceTypes',
      { x86_64: 'c7i.2xlarge,m7i.2xlarge' },
      'instanceTypes',
      {
        x86_64: ['c7i.2xlarge', 'm7i.2xlarge'],
        arm64: ['c6g.8xlarge'],
      },
    ],
    ['a boot script as text', 'bootScript', '#!/bin/bash\ntrue\n', 'bootScript', '#!/bin/bash\ntrue\n'],
    ['no boot script', 'bootScript', '', 'bootScript', ''],
    ['a network as JSON text', 'network', JSON.stringify(network), 'network', network],
  ])('takes %s', (_, field, value, key, expected) => {
    expect(readConfig({ [field]: value })[key]).toEqual(expected);
  });

  test('takes a repository as the target, when it is the one that is allowed', () => {
    const context = { target: 'acme/widget', allowedRepositories: 'acme/widget' };
    expect(readConfig(context)).toMatchObject({
      target: 'acme/widget',
      allowedRepositories: ['acme/widget'],
    });
  });

  test('leaves the keys of the CDK and of its command alone', () => {
    expect(mistakesOf({ '@aws-cdk/core:someFlag': true, 'aws:cdk:enable-path-metadata': false })).toEqual([]);
  });
});

describe('a mistake is reported with its field and what would be right:', () => {
  test.each<[string, unknown, RegExp]>([
    ['stackName', '1st', /^stackName: must be letters, digits and hyphens, a letter first/],
    ['stackName', 'S'.repeat(33), /at most 32 characters/],
    ['region', 'Ohio', /^region: must be an AWS region such as us-east-2/],
    ['target', 'a/b/c', /^target: must be a GitHub organisation, or owner\/repository/],
    ['target', 'https://github.com/acme', /^target: must be/],
    ['labelPrefix', 'rr runner ', /^labelPrefix: must be letters, digits, _ and -/],
    ['labelPrefix', 'r'.repeat(25), /at most 24 characters/],
    ['lifetimeMinutes', '19', /^lifetimeMinutes: must be a whole number from 20 to 120 \(it is "19"\)$/],
    ['lifetimeMinutes', '', /whole number/],
    ['lifetimeMinutes', 'an hour', /whole number/],
    ['instanceTypes', 'c5.9xlarge', /^instanceTypes: must be an object with x86_64, arm64/],
    ['instanceTypes', '{"x86_64":', /^instanceTypes: is not valid JSON/],
    ['instanceTypes', { x86: ['c5.9xlarge'] }, /^instanceTypes: has no x86; it has x86_64, arm64/],
    ['instanceTypes', { x86_64: [] }, /^instanceTypes: must be a list that is not empty/],
    ['instanceTypes', { x86_64: ['c5.9xlarge', 'c5.9xlarge'] }, /must not name anything twice/],
    ['instanceTypes', { x86_64: ['c5'] }, /must be EC2 instance types such as c5.9xlarge/],
    ['instanceTypes', { x86_64: ['c6g.8xlarge'] }, /^instanceTypes: c6g.8xlarge is arm64/],
    ['instanceTypes', { arm64: ['c7i-flex.8xlarge'] }, /^instanceTypes: c7i-flex.8xlarge is x86_64/],
    ['liveRunnerCap', 0, /^liveRunnerCap: must be a whole number from 1 to/],
    ['runnersPerRun', 1.5, /^runnersPerRun: must be a whole number/],
    ['admission', 'closed', /^admission: must be open or verified/],
    ['allowedRepositories', 'rr', /^allowedRepositories: must be repositories, each as owner\/repository/],
    ['allowedRepositories', 'acme/widget', /acme\/widget must be a repository of the target, rr-debugger/],
    ['runnerHoursPerDay', '-1', /^runnerHoursPerDay: must be a whole number/],
    ['zones', 7, /^zones: must be a whole number from 1 to 6/],
    ['network', { ...network, vpcId: 'default' }, /^network: must be a network with a vpcId such as vpc-/],
    ['network', { ...network, natId: 'x' }, /^network: has no natId; it has vpcId, subnets, securityGroupId/],
    ['network', { ...network, subnets: ['subnet-0'] }, /^network: must be an object with subnetId/],
    ['network', { ...network, securityGroupId: 'default' }, /^network: must be .* sg-0123456789abcdef0/],
    [
      'network',
      { ...network, subnets: [{ subnetId: 'subnet-0123456789abcdef0', availabilityZone: 'eu-west-1a' }] },
      /^network: the subnet subnet-0123456789abcdef0 must be in a zone of us-east-2/,
    ],
    [
      'network',
      {
        ...network,
        subnets: network.subnets.map((subnet) => ({ ...subnet, availabilityZone: 'us-east-2a' })),
      },
      /^network: must have one subnet in us-east-2a, and has several/,
    ],
    ['volumeGib', 4, /^volumeGib: must be a whole number from 8 to 1024/],
    ['runnerGroupId', 'Default', /^runnerGroupId: must be a whole number/],
    [
      'bootScript',
      'no/such/file.sh',
      /^bootScript: must be a script that begins with #!, or the path of one/,
    ],
    [
      'bootScript',
      `#!/bin/bash\n${'#'.repeat(3_000)}`,
      /^bootScript: must have at most 2500 bytes, and has 3012 \(it is "#!\/bin\/bash.{40,50}…\)$/,
    ],
    ['alarmEmail', 'nobody', /^alarmEmail: must be an e-mail address/],
    ['requestBurst', 3, /^requestBurst: must be a whole number from 4/],
    ['requestsPerSecond', 0, /^requestsPerSecond: must be a number above 0/],
    [
      'labelprefix',
      'x_',
      /^unknown setting labelprefix \(did you mean labelPrefix\?\); the settings are stackName, region, target, labelPrefix,/,
    ],
  ])('%s %j', (field, value, message) => {
    expect(mistakesOf({ [field]: value })).toEqual([expect.stringMatching(message)]);
  });

  test('zones beside a network that is there already', () => {
    expect(mistakesOf({ network, zones: 2 })).toEqual([expect.stringMatching(/^zones: must be left out/)]);
  });

  test('all of them at once', () => {
    const mistakes = mistakesOf({
      target: 'a b',
      lifetimeMinutes: 'x',
      zones: 0,
      color: 'red',
      instanceTypes: { arm64: ['c5.large'] },
    });
    expect(mistakes.map((mistake) => /^(?:unknown setting )?(\w+)/.exec(mistake)?.[1]).sort()).toEqual(
      ['color', 'instanceTypes', 'lifetimeMinutes', 'target', 'zones'].sort(),
    );
    expect(() => readConfig({ zones: 0, volumeGib: 0 })).toThrow(/zones: .*\n.*volumeGib: /);
  });
});
