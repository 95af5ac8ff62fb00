import { at, listOf, type QueryParameters, textOf } from '../../wire/query-protocol.ts';
import type { AwsAccount } from '../account.ts';
import { architectureOf, vcpusOf } from './catalogue.ts';
import { type KnownFilters, passesFilters, requireFilters } from './filters.ts';

type Operation = (parameters: QueryParameters) => object;

/** The values that a filter of the request names. */
const filterValues = (parameters: QueryParameters, name: string): readonly string[] => {
  const filter = listOf(parameters['Filter']).find((one) => textOf(at(one, 'Name')) === name);
  return listOf(at(filter, 'Value')).flatMap((value) => textOf(value) ?? []);
};

/** The types asked for that the region has at all. */
const typesAskedFor = ({ offeredIn }: AwsAccount, parameters: QueryParameters): readonly string[] =>
  filterValues(parameters, 'instance-type').filter((type) => offeredIn.get(type)?.length !== 0);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceTypeInfo.html */
const instanceType = ({ soldAs }: AwsAccount, type: string) => ({
  instanceType: type,
  supportedUsageClasses: { item: soldAs.get(type) ?? ['on-demand', 'spot'] },
  processorInfo: { supportedArchitectures: { item: [architectureOf(type)] } },
  vCpuInfo: { defaultVCpus: vcpusOf(type) },
});

const port = (number: number) => ({ ipProtocol: 'tcp', fromPort: number, toPort: number });

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html */
const zoneFilters: KnownFilters = {
  'zone-type': ['availability-zone', 'local-zone', 'wavelength-zone'],
  state: ['available', 'information', 'impaired', 'unavailable', 'constrained'],
};

/** What EC2 says of the account and the region apart from instances and images. */
export const accountOperations = (account: AwsAccount): Readonly<Record<string, Operation>> => ({
  DescribeAvailabilityZones: (parameters) => {
    const passes = passesFilters<string>(
      parameters,
      (name) => (name === 'zone-type' ? 'availability-zone' : 'available'),
      zoneFilters,
    );
    const item = account.zones.filter(passes).map((zoneName) => ({ zoneName, zoneState: 'available' }));
    return { availabilityZoneInfo: { item } };
  },
  DescribeInstanceTypeOfferings: (parameters) => {
    requireFilters(parameters, { 'instance-type': 'any', location: 'any' });
    const item = typesAskedFor(account, parameters).flatMap((type) =>
      (account.offeredIn.get(type) ?? account.zones).map((location) => ({
        instanceType: type,
        locationType: 'availability-zone',
        location,
      })),
    );
    return { instanceTypeOfferingSet: { item } };
  },
  DescribeInstanceTypes: (parameters) => {
    requireFilters(parameters, { 'instance-type': 'any' });
    const item = typesAskedFor(account, parameters).map((type) => instanceType(account, type));
    return { instanceTypeSet: { item } };
  },
  DescribeSubnets: (parameters) => {
    requireFilters(parameters, { 'vpc-id': 'any' });
    const wanted = filterValues(parameters, 'vpc-id');
    const item = account.networks
      .filter(({ vpcId }) => wanted.includes(vpcId))
      .flatMap(({ vpcId, subnets }) =>
        subnets.map(({ subnetId, availabilityZone, freeAddresses }) => ({
          vpcId,
          subnetId,
          availabilityZone,
          availableIpAddressCount: freeAddresses,
        })),
      );
    return { subnetSet: { item } };
  },
  DescribeRouteTables: (parameters) => {
    requireFilters(parameters, { 'vpc-id': 'any' });
    const wanted = filterValues(parameters, 'vpc-id');
    const item = account.networks
      .filter(({ vpcId }) => wanted.includes(vpcId))
      .flatMap(({ vpcId, subnets }) => routeTables(vpcId, subnets));
    return { routeTableSet: { item } };
  },
  DescribeSecurityGroups: (parameters) => {
    requireFilters(parameters, { 'vpc-id': 'any', 'group-id': 'any' });
    const networks = filterValues(parameters, 'vpc-id');
    const ids = filterValues(parameters, 'group-id');
    const item = account.networks
      .filter(({ vpcId }) => networks.includes(vpcId))
      .flatMap(({ securityGroups }) => securityGroups)
      .filter(({ groupId }) => ids.includes(groupId))
      .map(({ groupId, ingressPorts, egressPorts }) => ({
        groupId,
        ipPermissions: { item: ingressPorts.map(port) },
        ipPermissionsEgress: { item: egressPorts.map(port) },
      }));
    return { securityGroupInfo: { item } };
  },
});

/** Private subnets have the network's main table, public ones a table of their own. */
const routeTables = (
  vpcId: string,
  subnets: readonly { readonly subnetId: string; readonly isPublic: boolean }[],
) => {
  const local = { destinationCidrBlock: '10.0.0.0/16', gatewayId: 'local', state: 'active' };
  const toInternet = {
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: 'igw-0123456789abcdef0',
    state: 'active',
  };
  const publicOnes = subnets.filter(({ isPublic }) => isPublic);
  return [
    {
      vpcId,
      routeTableId: 'rtb-main',
      routeSet: { item: [local] },
      associationSet: { item: [{ main: true }] },
    },
    {
      vpcId,
      routeTableId: 'rtb-public',
      routeSet: { item: [local, toInternet] },
      associationSet: { item: publicOnes.map(({ subnetId }) => ({ subnetId, main: false })) },
    },
  ];
};
