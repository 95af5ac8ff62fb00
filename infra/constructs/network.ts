import { Fn, Stack } from 'aws-cdk-lib';
import {
  CfnInternetGateway,
  CfnRoute,
  CfnRouteTable,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  CfnVPCGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { FlowLog } from './flow-log.ts';
import { runnerSecurityGroup } from './runner-security-group.ts';

/** A subnet that stands for its Availability Zone. */
export interface RunnerSubnet {
  readonly subnetId: string;
  readonly availabilityZone: string;
}

/** Where instances are launched. */
export interface RunnerNetwork {
  readonly subnets: readonly RunnerSubnet[];
  readonly securityGroupId: string;
}

const networkCidr = '10.0.0.0/16';

/** A /20 for each zone, which is 4,091 runners. */
const zoneCidr = (index: number): string => `10.0.${index * 16}.0/20`;

/**
 * A network of its own: public subnets and no NAT, for an hour's machine needs no hidden address, and a NAT
 * costs more than the runners. CDK's `Vpc` sees only two zones when the account is not known, so the zones are
 * taken by their index.
 */
export class OwnNetwork extends Construct implements RunnerNetwork {
  readonly subnets: readonly RunnerSubnet[];
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, zones: number) {
    super(scope, id);
    const vpc = new CfnVPC(this, 'Vpc', {
      cidrBlock: networkCidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: [{ key: 'Name', value: Stack.of(this).stackName }],
    });
    const routeTable = this.#routeToInternet(vpc);
    this.subnets = Array.from({ length: zones }, (_, index) => this.#subnet(vpc, index, routeTable));
    this.securityGroupId = runnerSecurityGroup(this, vpc.ref).attrGroupId;
    new FlowLog(this, 'FlowLog', vpc.ref);
  }

  #routeToInternet(vpc: CfnVPC): CfnRouteTable {
    const gateway = new CfnInternetGateway(this, 'InternetGateway');
    const attachment = new CfnVPCGatewayAttachment(this, 'Attachment', {
      vpcId: vpc.ref,
      internetGatewayId: gateway.ref,
    });
    const routeTable = new CfnRouteTable(this, 'RouteTable', { vpcId: vpc.ref });
    new CfnRoute(this, 'Route', {
      routeTableId: routeTable.ref,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway.ref,
    }).addResourceDependency(attachment);
    return routeTable;
  }

  #subnet(vpc: CfnVPC, index: number, routeTable: CfnRouteTable): RunnerSubnet {
    const subnet = new CfnSubnet(this, `Subnet${index + 1}`, {
      vpcId: vpc.ref,
      availabilityZone: Fn.select(index, Fn.getAzs()),
      cidrBlock: zoneCidr(index),
      mapPublicIpOnLaunch: false,
    });
    new CfnSubnetRouteTableAssociation(this, `Subnet${index + 1}Route`, {
      subnetId: subnet.ref,
      routeTableId: routeTable.ref,
    });
    return { subnetId: subnet.ref, availabilityZone: subnet.attrAvailabilityZone };
  }
}

/** The network that the configuration asks for. */
export const runnerNetwork = (scope: Construct, { network, zones }: Config): RunnerNetwork => {
  if (network === undefined) return new OwnNetwork(scope, 'Network', zones);
  const { vpcId, subnets, securityGroupId } = network;
  return {
    subnets,
    securityGroupId: securityGroupId ?? runnerSecurityGroup(scope, vpcId).attrGroupId,
  };
};
