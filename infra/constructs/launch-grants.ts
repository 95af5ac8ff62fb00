import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { architectures } from '../../functions/domain/architecture.ts';
import { tagNames } from '../../functions/domain/life/tags.ts';
import type { Market } from '../../functions/domain/ports.ts';
import { arnOf } from './names.ts';

/** The bounds of every launch, whoever asks for it. */
export interface LaunchLimits {
  readonly deployment: string;
  readonly labelPrefix: string;
  readonly instanceTypes: readonly string[];
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly volumeGib: number;
}

/**
 * Canonical's account (https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/), and the
 * alias that stands for it: for an image with an alias `ec2:Owner` is the alias and not the account, and
 * Canonical's, being a verified provider's, have Amazon's (docs/adr/0009).
 */
const imageOwners = ['099720109477', 'amazon'];

const run = 'ec2:RunInstances';

const tagged = ({ deployment }: LaunchLimits) => ({ [`aws:RequestTag/${tagNames.deployment}`]: deployment });

/**
 * An instance must say whose it is and when it ends, in a form that every layer reads: IAM has no condition on a date
 * that moves, and whether the date is one that may be is for the steps and the sweep to judge.
 */
const told = ({ labelPrefix }: LaunchLimits) => ({
  [`aws:RequestTag/${tagNames.life}`]: architectures.map((name) => `${labelPrefix}*_${name}-*`),
  [`aws:RequestTag/${tagNames.deadline}`]: '20??-??-??T??:??:??.???Z',
});

/**
 * An allowed type in the one market, with our tag and IMDSv2 that no container reaches, and without an instance
 * profile: whoever takes a launch function over still cannot make a machine that has AWS credentials.
 */
const instance = (market: Market, limits: LaunchLimits): PolicyStatement =>
  new PolicyStatement({
    actions: [run],
    resources: [arnOf('ec2', 'instance/*')],
    conditions: {
      StringEquals: {
        ...tagged(limits),
        'ec2:InstanceType': limits.instanceTypes,
        'ec2:MetadataHttpTokens': 'required',
        ...(market === 'spot' ? { 'ec2:InstanceMarketType': 'spot' } : {}),
      },
      StringLike: told(limits),
      NumericEquals: { 'ec2:MetadataHttpPutResponseHopLimit': '1' },
      Null: { 'ec2:InstanceProfile': 'true' },
      ...(market === 'on-demand' ? { StringNotEquals: { 'ec2:InstanceMarketType': 'spot' } } : {}),
    },
  });

const image = (): PolicyStatement =>
  new PolicyStatement({
    actions: [run],
    resources: [`arn:${Aws.PARTITION}:ec2:${Aws.REGION}::image/*`],
    conditions: { StringEquals: { 'ec2:Owner': imageOwners } },
  });

const place = ({ subnetIds, securityGroupId }: LaunchLimits): PolicyStatement =>
  new PolicyStatement({
    actions: [run],
    resources: [
      ...subnetIds.map((id) => arnOf('ec2', `subnet/${id}`)),
      arnOf('ec2', `security-group/${securityGroupId}`),
    ],
  });

const volume = (limits: LaunchLimits): PolicyStatement =>
  new PolicyStatement({
    actions: [run],
    resources: [arnOf('ec2', 'volume/*')],
    conditions: {
      StringEquals: tagged(limits),
      Bool: { 'ec2:Encrypted': 'true' },
      NumericLessThanEquals: { 'ec2:VolumeSize': String(limits.volumeGib) },
    },
  });

/** What else comes into being with an instance. */
const companions = (market: Market): readonly string[] => [
  arnOf('ec2', 'network-interface/*'),
  ...(market === 'spot' ? [arnOf('ec2', 'spot-instances-request/*')] : []),
];

const companion = (market: Market, limits: LaunchLimits): PolicyStatement =>
  new PolicyStatement({
    actions: [run],
    resources: [...companions(market)],
    conditions: { StringEquals: tagged(limits) },
  });

/** Tags are given while launching and at no other time: nobody can make a machine ours, or cease to be. */
const tagging = (market: Market, limits: LaunchLimits): PolicyStatement =>
  new PolicyStatement({
    actions: ['ec2:CreateTags'],
    resources: [arnOf('ec2', 'instance/*'), arnOf('ec2', 'volume/*'), ...companions(market)],
    conditions: { StringEquals: { 'ec2:CreateAction': 'RunInstances', ...tagged(limits) } },
  });

/**
 * Launching within the limits, and nothing else. EC2 authorizes a launch for each resource that takes part in it
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html).
 */
export const launchStatements = (market: Market, limits: LaunchLimits): readonly PolicyStatement[] => [
  instance(market, limits),
  image(),
  place(limits),
  volume(limits),
  companion(market, limits),
  tagging(market, limits),
];
