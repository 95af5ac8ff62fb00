import { type Case, call, ours, theirs, untagged } from './call.ts';
import { deployment } from './recorded-launch.ts';

const terminate = (...ids: readonly string[]) =>
  call('ec2', 'TerminateInstances', { InstanceId: Object.fromEntries(ids.map((id, at) => [at + 1, id])) });

const console = (id: string) => call('ec2', 'GetConsoleOutput', { InstanceId: id });

const tag = (id: string, key: string, value: string) =>
  call('ec2', 'CreateTags', { ResourceId: { 1: id }, Tag: { 1: { Key: key, Value: value } } });

/** What happens to instances that are there, and what is read of EC2. */
export const instanceCases: readonly Case[] = [
  ['terminate our instance', terminate(ours), ['terminate-instances', 'check-runner', 'discard-round']],
  ['terminate an untagged instance', terminate(untagged)],
  ['terminate another deployment’s instance', terminate(theirs)],
  ['terminate another deployment’s instance beside ours', terminate(ours, theirs)],
  ['read our console', console(ours), ['check-runner']],
  ['read the console of an untagged instance', console(untagged)],
  ['read another deployment’s console', console(theirs)],
  ['make an untagged instance ours', tag(untagged, 'stint:deployment', deployment)],
  ['move the deadline of our instance', tag(ours, 'stint:deadline', '2099-01-01T00:00:00Z')],
  ['read images', call('ec2', 'DescribeImages'), ['resolve-image']],
  ['read spot prices', call('ec2', 'DescribeSpotPriceHistory'), ['rank-capacity-pools']],
  [
    'read instances',
    call('ec2', 'DescribeInstances'),
    [
      'check-gone',
      'check-idle',
      'check-need',
      'check-runner',
      'deregister-runner',
      'discard-round',
      'on-instance-terminated',
      'request-spot-instance',
      'request-on-demand-instance',
      'sweep',
      'terminate-instances',
      'withdraw-labels',
    ],
  ],
];
