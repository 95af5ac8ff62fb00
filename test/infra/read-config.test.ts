import { describe, expect, test } from '@jest/globals';
import type { Config } from '../../infra/config.ts';
import { ConfigInvalid, readConfig } from '../../infra/read-config.ts';
import { templateOf } from './synthesis.ts';

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
    ['region', 'Ohio', /^region: must be an AWS region such as us-east-2 \(it is "Ohio"\)$/],
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
    ['instanceTypes', { x86_64: ['c5.9xlarge', 'c5.9xlarge'] }, /must not name "c5.9xlarge" twice/],
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
    ['alarmEmail', 'nobody', /^alarmEmail: must be one e-mail address .* \(it is "nobody"\)$/],
    ['requestBurst', 3, /^requestBurst: must be a whole number from 4/],
    ['requestsPerSecond', 0, /^requestsPerSecond: must be a number above 0/],
    [
      'labelprefix',
      'x_',
      /^unknown setting labelprefix \(did you mean labelPrefix\?\); the settings are stackName, region, unlistedRegion, target, labelPrefix,/,
    ],
    ['stackName', 'aws-runners', /^stackName: must be .* not aws or ssm/],
    ['stackName', 'SSM', /^stackName: must be .* not aws or ssm/],
    ['region', 'us-esat-2', /^region: "us-esat-2" is no region .*did you mean us-east-2\?.*unlistedRegion/],
    ['region', 'eu-west-9', /^region: "eu-west-9" is no region/],
    ['labelPrefix', 'arch_', /^labelPrefix: must be .* not arch_ or class_/],
    ['labelPrefix', 'Class_x_', /^labelPrefix: must be .* not arch_ or class_/],
    ['lifetimeMinutes', 7, /from 20 to 120 \(it is 7\)$/],
    ['instanceTypes', { x86_64: ['c5.9xlrge'] }, /must be EC2 instance types .*; "c5.9xlrge" is not right/],
    ['instanceTypes', { x86_64: ['mac2.metal'] }, /must be EC2 instance types .*; "mac2.metal" is not right/],
    ['instanceTypes', { x86_64: ['p6e-gb200.36xlarge'] }, /p6e-gb200.36xlarge is arm64/],
    ['instanceTypes', { x86_46: ['c5.9xlarge'] }, /has no x86_46 \(did you mean x86_64\?\)/],

    ['allowedRepositories', ['rr-debugger/rr', 'RR-Debugger/RR'], /must not name "RR-Debugger\/RR" twice/],
    ['privateRepositories', 'yes', /^privateRepositories: must be true or false \(it is "yes"\)/],
    ['zones', 4, /^zones: must be at most 3, for us-east-2 has no more, and is 4/],
    ['runnersPerRun', 21, /^runnersPerRun: must be at most liveRunnerCap.* 21 of 20/],
    ['bootScript', '#!/bin/bash\r\ntrue\r\n', /^bootScript: has carriage returns, first in line 1/],
    ['bootScript', '#!/bin/bash\ntrue\r', /^bootScript: has carriage returns, first in line 2/],
    ['bootScript', '\ufeff#!/bin/bash\ntrue\n', /^bootScript: has a byte order mark/],
    ['bootScript', '#!/bin/bash\n\u0000', /^bootScript: has a zero byte, first in line 2/],
    ['bootScript', '#!/usr/bin/python3\nprint()\n', /^bootScript: must be a bash script/],
    ['bootScript', 'true\ntrue\n', /^bootScript: must be a bash script/],
    ['alarmEmail', 'a@b..c', /^alarmEmail: must be one e-mail address/],
    ['alarmEmail', 'a@example.org,b@example.org', /^alarmEmail: must be one e-mail address/],
    ['alarmEmail', 'Operator <o@example.org>', /^alarmEmail: must be one e-mail address/],
    ['alarmEmail', 'o@localhost', /^alarmEmail: must be one e-mail address/],
    ['zonez', 3, /^unknown setting zonez \(did you mean zones\?\)/],
    ['colour', 'red', /^unknown setting colour; the settings are/],
    ['constructor', 1, /^unknown setting constructor/],
  ])('%s %j', (field, value, message) => {
    expect(mistakesOf({ [field]: value })).toEqual([expect.stringMatching(message)]);
  });

  test('zones beside a network that is there already', () => {
    expect(mistakesOf({ network, zones: 2 })).toEqual([expect.stringMatching(/^zones: must be left out/)]);
  });

  test.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    [
      'a machine that boots for longer than it may live',
      { instanceTypes: { x86_64: ['c7i.metal-24xl'] }, lifetimeMinutes: 39 },
      /^lifetimeMinutes: must be at least 40 for c7i.metal-24xl, which may take 30 minutes to boot, and is 39/,
    ],
    [
      'a day shorter than a life',
      { runnerHoursPerDay: 1, lifetimeMinutes: 61 },
      /^runnerHoursPerDay: must be at least one runner's lifetime of 61 minutes, and is 1/,
    ],
    [
      'a runner group of a repository',
      { target: 'acme/widget', allowedRepositories: 'acme/widget', runnerGroupId: 3 },
      /^runnerGroupId: must be 1 for the repository acme\/widget/,
    ],
    [
      'a subnet in two zones',
      {
        network: {
          ...network,
          subnets: network.subnets.map((subnet) => ({ ...subnet, subnetId: 'subnet-0123456789abcdef0' })),
        },
      },
      /^network: the subnet subnet-0123456789abcdef0 can be in one zone/,
    ],
    [
      'a zone of a region whose name goes on',
      {
        region: 'us-east-1',
        network: { ...network, subnets: [{ ...network.subnets[0], availabilityZone: 'us-east-12a' }] },
      },
      /^network: the subnet .* must be in a zone of us-east-1, and is in us-east-12a/,
    ],
  ])('of settings together: %s', (_, context, message) => {
    expect(mistakesOf(context)).toEqual([expect.stringMatching(message)]);
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['a metal type with forty minutes', { instanceTypes: { x86_64: ['c5.metal'] }, lifetimeMinutes: 40 }],
    ['six zones where there are six', { region: 'us-east-1', zones: 6 }],
    ['a region that is newer than the CDK', { region: 'eu-west-9', unlistedRegion: true }],
    ['a target in other letters', { target: 'RR-Debugger' }],
    ['a cap below the default for one run', { liveRunnerCap: 1 }],
    [
      'a zone near a city',
      { network: { ...network, subnets: [{ ...network.subnets[0], availabilityZone: 'us-east-2-chi-1a' }] } },
    ],
    ['an address with a plus', { alarmEmail: 'first.last+stint@mail.example.org' }],
  ])('and not for %s', (_, context) => {
    expect(mistakesOf(context)).toEqual([]);
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

describe('a sum that is too large for Lambda', () => {
  const repositories = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `rr-debugger/repository-number-${index}`);

  test('is told with the setting that makes it so, and by how much it is too long', () => {
    expect(mistakesOf({ allowedRepositories: repositories(120) })).toEqual([
      expect.stringMatching(
        /^allowedRepositories: must be at least \d+ bytes shorter than its 4211, for the environment of receive-webhook would have up to \d+, and Lambda takes 4096$/,
      ),
    ]);
    expect(
      mistakesOf({ instanceTypes: { x86_64: Array.from({ length: 300 }, (_, n) => `c${n + 1}i.4xlarge`) } }),
    ).toEqual([expect.stringMatching(/^instanceTypes: must be at least \d+ bytes shorter/)]);
  });

  test('is told beside the mistakes of other settings', () => {
    const mistakes = mistakesOf({ allowedRepositories: repositories(120), zones: 0 });
    expect(mistakes.map((mistake) => mistake.split(':')[0]).sort()).toEqual(['allowedRepositories', 'zones']);
  });

  test('is none as long as CloudFormation would not have one', async () => {
    const most = Array.from({ length: 120 }, (_, count) => repositories(count + 1)).findLast(
      (allowedRepositories) => mistakesOf({ allowedRepositories }).length === 0,
    );
    const { resources } = await templateOf({ allowedRepositories: most });
    const sizes = resources('AWS::Lambda::Function').map(({ properties }) => {
      const { Variables = {} } = (properties['Environment'] ?? {}) as { Variables?: Record<string, string> };
      return Object.entries(Variables).reduce(
        (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
        0,
      );
    });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4_096);
    expect(Math.max(...sizes)).toBeGreaterThan(3_700);
  });
});
