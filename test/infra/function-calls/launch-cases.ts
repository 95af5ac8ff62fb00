import type { Market } from '../../../functions/domain/ports.ts';
import { images } from '../../../local/aws/ec2/catalogue.ts';
import type { Stack } from '../../../local/template/stack.ts';
import { type Case, call } from './call.ts';
import { changed, recordedLaunch } from './recorded-launch.ts';

/** What a launch would be with one thing changed, of which no function may do any. */
const changes: readonly (readonly [what: string, path: string, value?: unknown])[] = [
  ['another type', 'InstanceType', 'p5.48xlarge'],
  ['a smaller type', 'InstanceType', 't3.micro'],
  ['an image of another owner', 'ImageId', images.find(({ owner }) => owner !== '099720109477')?.id],
  ['an image that nobody knows', 'ImageId', 'ami-00000000000000000'],
  ['no tags at all', 'TagSpecification'],
  ['an instance without tags', 'TagSpecification.1'],
  ['a volume without tags', 'TagSpecification.2'],
  ['a network interface without tags', 'TagSpecification.3'],
  ['an instance with tags, but not ours', 'TagSpecification.1.Tag', { 1: { Key: 'stint:life', Value: 'x' } }],
  [
    'an instance as another deployment’s',
    'TagSpecification.1.Tag',
    { 1: { Key: 'stint:deployment', Value: 'deadbeef' } },
  ],
  ['IMDSv1', 'MetadataOptions.HttpTokens', 'optional'],
  ['an IMDS that containers reach', 'MetadataOptions.HttpPutResponseHopLimit', '2'],
  ['an IMDS of which nothing is said', 'MetadataOptions'],
  ['an instance profile', 'IamInstanceProfile', { Name: 'admin' }],
  [
    'an instance profile by its ARN',
    'IamInstanceProfile',
    { Arn: 'arn:aws:iam::000000000000:instance-profile/admin' },
  ],
  ['a volume that is not encrypted', 'BlockDeviceMapping.1.Ebs.Encrypted', 'false'],
  ['a volume of which nothing is said', 'BlockDeviceMapping'],
  ['a larger volume', 'BlockDeviceMapping.1.Ebs.VolumeSize', '16000'],
  ['a second volume', 'BlockDeviceMapping.2', { DeviceName: '/dev/sdf', Ebs: { VolumeSize: '8' } }],
  ['another subnet', 'NetworkInterface.1.SubnetId', 'subnet-00000000000000000'],
  ['another security group', 'NetworkInterface.1.SecurityGroupId.1', 'sg-00000000000000000'],
  ['one more security group', 'NetworkInterface.1.SecurityGroupId.2', 'sg-00000000000000000'],
  ['a key pair', 'KeyName', 'mine'],
  ['a launch template', 'LaunchTemplate', { LaunchTemplateId: 'lt-00000000000000000' }],
];

const functions: Readonly<Record<Market, string>> = {
  spot: 'request-spot-instance',
  'on-demand': 'request-on-demand-instance',
};

/** Launches: the one that we make, and what it must not become. */
export const launchCases = async (stack: Stack, market: Market): Promise<readonly Case[]> => {
  const own = await recordedLaunch(stack, market);
  return [
    [`launch as we do, ${market}`, call('ec2', 'RunInstances', own), [functions[market]]],
    ...changes.map(
      ([what, path, value]): Case => [
        `launch ${market} with ${what}`,
        call('ec2', 'RunInstances', changed(own, path, value)),
      ],
    ),
  ];
};
