import {
  type _InstanceType,
  DescribeInstancesCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { AwsUnavailable, QuotaExceeded } from '../../domain/errors.ts';
import { packed } from '../../domain/launch/user-data.ts';
import type { InstanceLauncher, LaunchAnswer, LaunchRequest } from '../../domain/ports.ts';
import type { AwsConnection } from './aws-connection.ts';
import { asAws, awsCode, isThrottling, translateAwsError } from './aws-errors.ts';
import { ec2Client, ec2LaunchClient } from './ec2-client.ts';

export interface LauncherSettings {
  readonly securityGroupId: string;
  /** Whether an instance gets a public address; without one its subnet has another way out. */
  readonly publicAddresses: boolean;
}

/**
 * EC2's codes for "not here, not now", each a zone's: of machines, hosts, volumes or addresses
 * (https://docs.aws.amazon.com/ec2/latest/devguide/errors-overview.html).
 */
const noCapacityCodes: ReadonlySet<string> = new Set([
  'InsufficientInstanceCapacity',
  'InsufficientReservedInstanceCapacity',
  'InsufficientHostCapacity',
  'InsufficientCapacityOnHost',
  'InsufficientCapacity',
  'InsufficientVolumeCapacity',
  'InsufficientAddressCapacity',
  'VolumeTypeNotAvailableInZone',
  'UnfulfillableCapacity',
  'Unsupported',
  'InsufficientFreeAddressesInSubnet',
]);
const noSpotCodes: ReadonlySet<string> = new Set(['MaxSpotInstanceCountExceeded', 'SpotMaxPriceTooLow']);
const quotaCodes: ReadonlySet<string> = new Set([
  'VcpuLimitExceeded',
  'InstanceLimitExceeded',
  'VolumeLimitExceeded',
  'MaxIOPSLimitExceeded',
  'NetworkInterfaceLimitExceeded',
]);

/** One-time and terminated when interrupted: AWS forgives the first hour only when AWS ends the instance. */
const spotMarket: RunInstancesCommandInput['InstanceMarketOptions'] = {
  MarketType: 'spot',
  SpotOptions: { SpotInstanceType: 'one-time', InstanceInterruptionBehavior: 'terminate' },
};

const tagSpecifications = ({
  tags,
  market,
}: LaunchRequest): RunInstancesCommandInput['TagSpecifications'] => {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const types = ['instance', 'volume', 'network-interface'] as const;
  const tagged = types.map((ResourceType) => ({ ResourceType, Tags: list }));
  return market === 'spot' ? [...tagged, { ResourceType: 'spot-instances-request', Tags: list }] : tagged;
};

/**
 * The request for one instance: no instance profile, IMDSv2 with a hop limit of 1, an encrypted root volume,
 * and a shutdown from inside that terminates
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html).
 */
const runInput = (
  request: LaunchRequest,
  { securityGroupId, publicAddresses }: LauncherSettings,
): RunInstancesCommandInput => ({
  ClientToken: request.clientToken,
  MinCount: 1,
  MaxCount: 1,
  ImageId: request.imageId,
  InstanceType: request.pool.instanceType as _InstanceType,
  UserData: packed(request.userData).toString('base64'),
  InstanceInitiatedShutdownBehavior: 'terminate',
  MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
  NetworkInterfaces: [
    {
      DeviceIndex: 0,
      SubnetId: request.pool.subnetId,
      Groups: [securityGroupId],
      AssociatePublicIpAddress: publicAddresses,
      DeleteOnTermination: true,
    },
  ],
  BlockDeviceMappings: [
    {
      DeviceName: '/dev/sda1',
      Ebs: { VolumeSize: request.volumeGib, VolumeType: 'gp3', Encrypted: true, DeleteOnTermination: true },
    },
  ],
  TagSpecifications: tagSpecifications(request),
  ...(request.nestedVirtualization ? { CpuOptions: { NestedVirtualization: 'enabled' } } : {}),
  ...(request.market === 'spot' ? { InstanceMarketOptions: spotMarket } : {}),
});

const answerTo = (error: unknown, { market }: LaunchRequest): LaunchAnswer => {
  if (error instanceof AwsUnavailable) throw error;
  const code = awsCode(error);
  if (isThrottling(error)) return { kind: 'throttled', code };
  if (noCapacityCodes.has(code)) return { kind: 'no-capacity', code };
  if (noSpotCodes.has(code)) return { kind: 'no-spot', code };
  if (quotaCodes.has(code) && market === 'spot') return { kind: 'no-spot', code };
  if (quotaCodes.has(code))
    throw new QuotaExceeded(
      `A quota of the account is used up (${code}). Ask for more in Service Quotas, which for on-demand instances ` +
        'counts vCPUs, or lower the cap on live runners.',
      { cause: error },
    );
  throw translateAwsError(error, 'RunInstances');
};

/**
 * An earlier try of the same attempt, whose answer was lost, has launched an instance that has ended meanwhile
 * (https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html). That is the round's instance: its
 * runner may even have had its job, so it is for CheckRunner to judge, and not to be launched again elsewhere.
 */
const launchedBefore = async (connection: AwsConnection, clientToken: string): Promise<LaunchAnswer> => {
  const { Reservations = [] } = await asAws('DescribeInstances', () =>
    ec2Client(connection).send(
      new DescribeInstancesCommand({ Filters: [{ Name: 'client-token', Values: [clientToken] }] }),
    ),
  );
  const instanceId = Reservations[0]?.Instances?.[0]?.InstanceId;
  if (instanceId === undefined)
    throw new AwsUnavailable('EC2 has ended the instance of this launch and does not show it yet');
  return { kind: 'launched', instanceId };
};

/** Launches one instance in one capacity pool. */
export const ec2Launcher = (connection: AwsConnection, settings: LauncherSettings): InstanceLauncher => ({
  launch: async (request) => {
    try {
      const { Instances } = await ec2LaunchClient(connection).send(
        new RunInstancesCommand(runInput(request, settings)),
      );
      const instanceId = Instances?.[0]?.InstanceId;
      if (instanceId === undefined) throw new AwsUnavailable('RunInstances answered without an instance');
      return { kind: 'launched', instanceId };
    } catch (error) {
      return awsCode(error) === 'IdempotentInstanceTerminated'
        ? launchedBefore(connection, request.clientToken)
        : answerTo(error, request);
    }
  },
});
