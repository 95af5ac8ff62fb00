import type { Instance } from '../ports.ts';

/**
 * Who ended an instance: EC2 for want of spot capacity, EC2 for another reason, the machine itself, whoever asked EC2's
 * API, or EC2 because something of the account's is wrong.
 */
export type EndedBy = 'interruption' | 'ec2' | 'machine' | 'api' | 'account';

interface StateReason {
  readonly by: EndedBy;
  readonly says: string;
}

/**
 * EC2's state reasons (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StateReason.html), and what is behind
 * them (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html).
 */
const reasons: Readonly<Record<string, StateReason>> = {
  'Server.InsufficientInstanceCapacity': { by: 'ec2', says: 'EC2 had no room for it after all' },
  'Server.InternalError': { by: 'ec2', says: 'EC2 met an error of its own' },
  'Server.ScheduledStop': { by: 'ec2', says: 'EC2 retires the hardware under it' },
  'Server.SpotInstanceShutdown': { by: 'interruption', says: 'EC2 needed its spot capacity' },
  'Server.SpotInstanceTermination': { by: 'interruption', says: 'EC2 needed its spot capacity' },
  'Client.InstanceInitiatedShutdown': { by: 'machine', says: 'it powered itself off' },
  'Client.InstanceTerminated': { by: 'api', says: 'somebody made an image of it' },
  'Client.UserInitiatedHibernate': { by: 'api', says: 'EC2 was asked to hibernate it' },
  'Client.UserInitiatedShutdown': { by: 'api', says: 'EC2 was asked to end it' },
  'Client.InternalError': {
    by: 'account',
    says: 'EC2 could not use its volume, mostly for want of the key that encrypts it: if volumes are encrypted with a key of the account’s own, its policy must allow the launch functions and, for spot, AWSServiceRoleForEC2Spot',
  },
  'Client.InvalidSnapshot.NotFound': { by: 'account', says: 'the snapshot of its image is not there' },
  'Client.VolumeLimitExceeded': {
    by: 'account',
    says: 'the account has as many volumes, or as much storage in them, as EC2 allows it: ask for more in Service Quotas, Amazon EBS',
  },
};

/** One that is not in the table is EC2's own by its prefix, or something of the account's. */
const unknown = (code: string): StateReason =>
  code.startsWith('Client.')
    ? { by: 'account', says: 'EC2 finds something of the account’s wrong' }
    : { by: 'ec2', says: 'EC2 ended it' };

/** What EC2's word for the end of an instance means; `undefined` when EC2 gave none. */
export const stateReason = ({ stateReason: code }: Pick<Instance, 'stateReason'>): StateReason | undefined =>
  code === undefined ? undefined : Object.hasOwn(reasons, code) ? reasons[code] : unknown(code);
