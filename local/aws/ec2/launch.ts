import { AwsFault } from '../../wire/aws-json.ts';
import { at, listOf, type QueryParameters, type QueryValue, textOf } from '../../wire/query-protocol.ts';
import { architectureOf, type FakeImage, images, vcpusOf } from './catalogue.ts';
import type { FakeInstance, Fleet, InstanceDescription } from './state.ts';
import { launchTags } from './tag-specifications.ts';
import { scriptOf } from './user-data.ts';

export interface LaunchPlace {
  readonly subnets: readonly { readonly subnetId: string; readonly availabilityZone: string }[];
  readonly securityGroupIds: readonly string[];
  /** The images of the region; those of the catalogue unless told otherwise. */
  readonly images?: readonly FakeImage[];
}

const maximumUserDataBytes = 16_384;

const fail = (code: string, message: string): never => {
  throw new AwsFault(code, message);
};

const required = (parameters: QueryParameters, name: string): string =>
  textOf(parameters[name]) ?? fail('MissingParameter', `The request must contain the parameter ${name}`);

const marketOf = (parameters: QueryParameters): 'spot' | 'on-demand' =>
  textOf(at(parameters['InstanceMarketOptions'], 'MarketType')) === 'spot' ? 'spot' : 'on-demand';

/**
 * The script that the machine gets. User data has at most 16 KB before it is encoded
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html).
 */
const userDataOf = (parameters: QueryParameters): string => {
  const encoded = textOf(parameters['UserData']) ?? '';
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded)
    fail('InvalidUserData.Malformed', 'Invalid BASE64 encoding of user data.');
  if (bytes.length > maximumUserDataBytes)
    fail('InvalidParameterValue', `User data is limited to ${maximumUserDataBytes} bytes`);
  return scriptOf(bytes);
};

const requireImage = (known: readonly FakeImage[], imageId: string, instanceType: string): void => {
  const image = known.find(({ id }) => id === imageId);
  if (image?.state !== 'available')
    fail('InvalidAMIID.NotFound', `The image id '[${imageId}]' does not exist`);
  if (image?.architecture !== architectureOf(instanceType))
    fail(
      'InvalidParameterValue',
      `The architecture of ${instanceType} does not match the architecture of the AMI`,
    );
};

/**
 * Only these types nest virtualization; a whole machine has no hypervisor that could
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/amazon-ec2-nested-virtualization.html).
 */
const requireNesting = (parameters: QueryParameters, instanceType: string): void => {
  const nesting = textOf(at(parameters['CpuOptions'], 'NestedVirtualization'));
  if (nesting !== undefined && !['enabled', 'disabled'].includes(nesting))
    fail('InvalidParameterValue', `Invalid value '${nesting}' for NestedVirtualization`);
  if (nesting === 'enabled' && !/^[cmr]8i(-flex)?\.[a-z0-9]+$/.test(instanceType.replace(/\.metal.*/, '')))
    fail('UnsupportedOperation', `Nested virtualization is not supported by ${instanceType}`);
};

/** One instance for one request is all that is simulated; another count is refused, so that none is ignored. */
const requireOne = (parameters: QueryParameters): void => {
  if (required(parameters, 'MinCount') !== '1' || required(parameters, 'MaxCount') !== '1')
    fail('InvalidParameterValue', 'More than one instance is not simulated');
};

const zoneOf = ({ subnets, securityGroupIds }: LaunchPlace, networkInterface: QueryValue): string => {
  const subnetId = textOf(at(networkInterface, 'SubnetId'));
  const subnet = subnets.find((known) => known.subnetId === subnetId);
  const groups = listOf(at(networkInterface, 'SecurityGroupId')).map(textOf);
  if (groups.some((group) => group === undefined || !securityGroupIds.includes(group)))
    fail('InvalidGroup.NotFound', `The security group '${groups.join()}' does not exist`);
  return (
    subnet?.availabilityZone ?? fail('InvalidSubnetID.NotFound', `The subnet ID '${subnetId}' does not exist`)
  );
};

const describe = (place: LaunchPlace, parameters: QueryParameters): InstanceDescription => {
  const [networkInterface = {}] = listOf(parameters['NetworkInterface']);
  const imageId = required(parameters, 'ImageId');
  const instanceType = required(parameters, 'InstanceType');
  const clientToken = textOf(parameters['ClientToken']) ?? crypto.randomUUID();
  const market = marketOf(parameters);
  if (!/^[\x20-\x7e]{1,64}$/.test(clientToken))
    fail('InvalidParameterValue', 'ClientToken has at most 64 ASCII characters');
  requireOne(parameters);
  requireNesting(parameters, instanceType);
  requireImage(place.images ?? images, imageId, instanceType);
  return {
    imageId,
    instanceType,
    clientToken,
    subnetId: textOf(at(networkInterface, 'SubnetId')) ?? '',
    availabilityZone: zoneOf(place, networkInterface),
    market,
    tags: launchTags(parameters, market)['instance'] ?? {},
    userData: userDataOf(parameters),
    request: parameters,
  };
};

const overQuota = {
  spot: ['MaxSpotInstanceCountExceeded', 'Max spot instance count exceeded'],
  'on-demand': [
    'VcpuLimitExceeded',
    'You have requested more vCPU capacity than your current vCPU limit allows',
  ],
} as const;

/** Each market has a quota of its own, and its own error (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html). */
const requireQuota = (fleet: Fleet, { market, instanceType }: InstanceDescription): void => {
  const [code, message] = overQuota[market];
  if (vcpusOf(instanceType) > fleet.vcpusLeft(market)) fail(code, message);
};

/**
 * The instance of an idempotent repeat: the same token with the same parameters is the first launch, with
 * others an error, and after its instance has ended an error too
 * (https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html).
 */
const repeated = (first: FakeInstance, parameters: QueryParameters): FakeInstance => {
  if (JSON.stringify(first.request) !== JSON.stringify(parameters))
    fail('IdempotentParameterMismatch', 'The client token was used with other parameters');
  if (first.state === 'shutting-down' || first.state === 'terminated')
    fail('IdempotentInstanceTerminated', 'The instance of this client token has been terminated');
  return first;
};

/** RunInstances for one instance. A request that is refused does not take its token. */
export const runInstance = (fleet: Fleet, place: LaunchPlace, parameters: QueryParameters): FakeInstance => {
  const first = fleet.ofToken(textOf(parameters['ClientToken']) ?? '');
  if (first !== undefined) return repeated(first, parameters);
  const description = describe(place, parameters);
  requireQuota(fleet, description);
  return fleet.launch(description);
};
