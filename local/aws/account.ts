import type { Quotas } from './service-quotas/protocol.ts';

/** A network that somebody else made. */
export interface AccountNetwork {
  readonly vpcId: string;
  readonly subnets: readonly {
    readonly subnetId: string;
    readonly availabilityZone: string;
    readonly freeAddresses: number;
    /** Its route table leads to an internet gateway. */
    readonly isPublic: boolean;
  }[];
  readonly securityGroups: readonly {
    readonly groupId: string;
    readonly ingressPorts: readonly number[];
    readonly egressPorts: readonly number[];
  }[];
}

/** AWS's values for an account that has been in use for a while. */
const applied: readonly (readonly [string, number])[] = [
  ['ec2/L-1216C47A', 1_152],
  ['ec2/L-34B43A08', 1_152],
];

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const defaults: readonly (readonly [string, number])[] = [
  ['ec2/L-1216C47A', 5],
  ['ec2/L-34B43A08', 5],
  ['lambda/L-B99A9384', 1_000],
];

/** What the account has besides the stack; all of it can be changed while the cloud runs. */
export class AwsAccount {
  readonly serviceRoles = new Set(['AWSServiceRoleForEC2Spot']);
  readonly quotas = { applied: new Map(applied), defaults: new Map(defaults) } satisfies Quotas;
  /** The zones in which a type is offered; one that is not named is offered in all. */
  readonly offeredIn = new Map<string, readonly string[]>();
  /** How a type is sold; one that is not named is sold in both markets. */
  readonly soldAs = new Map<string, readonly string[]>();
  readonly networks: AccountNetwork[] = [];
  zones: readonly string[];

  constructor(region: string) {
    this.zones = ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
  }
}
