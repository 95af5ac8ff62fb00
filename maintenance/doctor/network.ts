import type { Config, ExistingNetwork } from '../../infra/config.ts';
import { failed, passed, type Verdict, warning } from '../finding.ts';
import type { Check } from './check.ts';

export interface SubnetReading {
  readonly subnetId: string;
  readonly availabilityZone: string;
  readonly freeAddresses: number;
  /** Its route table leads to an internet gateway. */
  readonly isPublic: boolean;
}

export interface SecurityGroupReading {
  readonly ingressRules: number;
  readonly egressRules: number;
}

export interface NetworkReader {
  /** Every subnet of the network; none when there is no such network. */
  subnets(vpcId: string): Promise<readonly SubnetReading[]>;
  securityGroup(vpcId: string, id: string): Promise<SecurityGroupReading | undefined>;
}

type Subnet = ExistingNetwork['subnets'][number];

const judgeSubnet = (
  { subnetId, availabilityZone }: Subnet,
  vpcId: string,
  reading: SubnetReading | undefined,
  publicAddresses: boolean,
): Verdict => {
  if (reading === undefined)
    return failed(
      `${subnetId} is not in ${vpcId}`,
      'Name a subnet of the network, of the region and the account.',
    );
  if (reading.availabilityZone !== availabilityZone)
    return failed(
      `${subnetId} is in ${reading.availabilityZone}, and not in ${availabilityZone}`,
      `Set its availabilityZone to ${reading.availabilityZone}; the subnets must all be in different zones.`,
    );
  if (!publicAddresses && reading.isPublic)
    return failed(
      `${subnetId} is public, and runners without public addresses reach nothing from it`,
      'Name a subnet that leads out by a NAT, or leave publicAddresses out.',
    );
  if (publicAddresses && !reading.isPublic)
    return failed(
      `${subnetId} is not public: its route table does not lead to an internet gateway`,
      'Name a public subnet, by which runners reach GitHub with a public address, or set publicAddresses to false.',
    );
  const kind = reading.isPublic ? 'public' : 'private';
  return passed(
    `${subnetId} in ${availabilityZone} is ${kind}, with ${reading.freeAddresses} free addresses`,
  );
};

const checkFreeAddresses = (named: readonly SubnetReading[], cap: number): readonly Verdict[] => {
  const free = named.reduce((sum, { freeAddresses }) => sum + freeAddresses, 0);
  return free >= cap
    ? []
    : [
        warning(
          `the subnets have ${free} free addresses, and the cap is ${cap} runners`,
          'Add a subnet in another zone, or lower liveRunnerCap.',
        ),
      ];
};

const judgeGroup = (id: string, vpcId: string, reading: SecurityGroupReading | undefined): Verdict => {
  if (reading === undefined)
    return failed(
      `${id} is not in ${vpcId}`,
      'Name a security group of the network, or none: the stack then makes one.',
    );
  if (reading.egressRules === 0)
    return failed(
      `${id} lets nothing out`,
      'Let it out to ports 443 and 80: runners reach GitHub and apt there.',
    );
  if (reading.ingressRules > 0)
    return warning(
      `${id} lets something in`,
      'Take its ingress rules away: runners run strangers’ code, and nothing needs to reach them.',
    );
  return passed(`${id} lets nothing in`);
};

/** Whether a network that was there before can have runners; the stack's own is right by its template. */
export const networkCheck = (
  { liveRunnerCap }: Config,
  { vpcId, subnets, securityGroupId, publicAddresses = true }: ExistingNetwork,
  reader: NetworkReader,
): Check => ({
  subject: 'Network',
  look: async () => {
    const found = await reader.subnets(vpcId);
    const readingOf = (id: string) => found.find(({ subnetId }) => subnetId === id);
    const named = subnets.flatMap(({ subnetId }) => readingOf(subnetId) ?? []);
    return [
      ...subnets.map((subnet) => judgeSubnet(subnet, vpcId, readingOf(subnet.subnetId), publicAddresses)),
      ...checkFreeAddresses(named, liveRunnerCap),
      ...(securityGroupId === undefined
        ? []
        : [judgeGroup(securityGroupId, vpcId, await reader.securityGroup(vpcId, securityGroupId))]),
    ];
  },
});
