import {
  DescribeSecurityGroupsCommand,
  paginateDescribeRouteTables,
  paginateDescribeSubnets,
  type RouteTable,
} from '@aws-sdk/client-ec2';
import type { AwsConnection } from '../../functions/adapters/aws/aws-connection.ts';
import { asAws } from '../../functions/adapters/aws/aws-errors.ts';
import { ec2Client } from '../../functions/adapters/aws/ec2-client.ts';
import type { NetworkReader } from '../doctor/network.ts';
import { allPages } from './all-pages.ts';

/** A subnet without a route table of its own has the network's main one (https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html). */
const tableOf = (tables: readonly RouteTable[], subnetId: string): RouteTable | undefined =>
  tables.find(({ Associations = [] }) => Associations.some((one) => one.SubnetId === subnetId)) ??
  tables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main === true));

const leadsToInternet = (table: RouteTable | undefined): boolean =>
  (table?.Routes ?? []).some(
    ({ DestinationCidrBlock, GatewayId }) =>
      DestinationCidrBlock === '0.0.0.0/0' && GatewayId?.startsWith('igw-') === true,
  );

const inNetwork = (vpcId: string) => [{ Name: 'vpc-id', Values: [vpcId] }];

/** Networks as EC2 describes them (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html). */
export const networks = (connection: AwsConnection): NetworkReader => {
  const client = ec2Client(connection);
  return {
    subnets: (vpcId) =>
      asAws('DescribeSubnets', async () => {
        const Filters = inNetwork(vpcId);
        const ofSubnets = paginateDescribeSubnets({ client }, { Filters });
        const subnets = await allPages(ofSubnets, (page) => page.Subnets);
        const ofTables = paginateDescribeRouteTables({ client }, { Filters });
        const tables = await allPages(ofTables, (page) => page.RouteTables);
        return subnets.map(({ SubnetId = '', AvailabilityZone = '', AvailableIpAddressCount = 0 }) => ({
          subnetId: SubnetId,
          availabilityZone: AvailabilityZone,
          freeAddresses: AvailableIpAddressCount,
          isPublic: leadsToInternet(tableOf(tables, SubnetId)),
        }));
      }),
    securityGroup: (vpcId, id) =>
      asAws('DescribeSecurityGroups', async () => {
        const { SecurityGroups = [] } = await client.send(
          new DescribeSecurityGroupsCommand({
            Filters: [...inNetwork(vpcId), { Name: 'group-id', Values: [id] }],
          }),
        );
        const [group] = SecurityGroups;
        if (group === undefined) return undefined;
        return {
          ingressRules: group.IpPermissions?.length ?? 0,
          egressRules: group.IpPermissionsEgress?.length ?? 0,
        };
      }),
  };
};
