import { AwsFault } from '../aws-json.ts';
import type { CloudService } from '../wire.ts';
import { images, spotPrice } from './catalogue.ts';
import type { FakeInstance, FakeState, Fleet } from './fleet.ts';
import { type LaunchPlace, runInstance } from './launch.ts';
import {
  at,
  listOf,
  type QueryParameters,
  readQuery,
  textOf,
  xmlAnswer,
  xmlError,
} from './query-protocol.ts';

/** EC2's numbers for the states (API_InstanceState). */
const stateCodes: Readonly<Record<FakeState, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
};

const stateXml = (state: FakeState) => ({ code: stateCodes[state], name: state });

const instanceXml = (instance: FakeInstance) => ({
  instanceId: instance.id,
  imageId: instance.imageId,
  instanceState: stateXml(instance.state),
  instanceType: instance.instanceType,
  launchTime: instance.launchedAt.toISOString(),
  placement: { availabilityZone: instance.availabilityZone },
  subnetId: instance.subnetId,
  clientToken: instance.clientToken,
  ...(instance.market === 'spot' ? { instanceLifecycle: 'spot' } : {}),
  ...(instance.stateReason === undefined
    ? {}
    : { stateReason: { code: instance.stateReason, message: instance.stateReason } }),
  tagSet: { item: Object.entries(instance.tags).map(([key, value]) => ({ key, value })) },
});

type Predicate = (instance: FakeInstance) => boolean;

/** The filters of DescribeInstances that are simulated; another one is refused, so that none is ignored. */
const filterOf = (name: string, values: readonly string[]): Predicate => {
  if (name.startsWith('tag:')) return ({ tags }) => values.includes(tags[name.slice(4)] ?? '\0');
  if (name === 'instance-state-name') return ({ state }) => values.includes(state);
  throw new AwsFault('InvalidParameterValue', `The filter '${name}' is not simulated`);
};

const filtersOf = (parameters: QueryParameters): readonly (readonly [string, readonly string[]])[] =>
  listOf(parameters['Filter']).map((filter) => [
    textOf(at(filter, 'Name')) ?? '',
    listOf(at(filter, 'Value')).flatMap((value) => textOf(value) ?? []),
  ]);

const idsOf = (parameters: QueryParameters): readonly string[] =>
  listOf(parameters['InstanceId']).flatMap((id) => textOf(id) ?? []);

const page = <T>(items: readonly T[], parameters: QueryParameters) => {
  const from = Number(textOf(parameters['NextToken']) ?? 0);
  const to = from + Number(textOf(parameters['MaxResults']) ?? items.length);
  return { items: items.slice(from, to), ...(to < items.length ? { nextToken: String(to) } : {}) };
};

const notFound = (ids: readonly string[]): never => {
  throw new AwsFault('InvalidInstanceID.NotFound', `The instance IDs '${ids.join(', ')}' do not exist`);
};

const wildcard = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);

type Operation = (parameters: QueryParameters) => object;

const operationsOver = (fleet: Fleet, place: LaunchPlace): Readonly<Record<string, Operation>> => ({
  DescribeImages: (parameters) => {
    const filters = Object.fromEntries(filtersOf(parameters));
    const owners = listOf(parameters['Owner']).map(textOf);
    const wanted = images.filter(
      ({ owner, name, architecture, state }) =>
        owners.includes(owner) &&
        (filters['name'] ?? ['*']).some((pattern) => wildcard(pattern).test(name)) &&
        (filters['architecture'] ?? [architecture]).includes(architecture) &&
        (filters['state'] ?? [state]).includes(state),
    );
    const { items, ...next } = page(wanted, parameters);
    const item = items.map(({ id, name, owner, architecture, state, createdAt }) => ({
      imageId: id,
      name,
      imageOwnerId: owner,
      architecture,
      imageState: state,
      creationDate: createdAt,
    }));
    return { imagesSet: { item }, ...next };
  },
  DescribeSpotPriceHistory: (parameters) => {
    const types = listOf(parameters['InstanceType']).flatMap((type) => textOf(type) ?? []);
    const item = types.flatMap((instanceType) =>
      place.subnets.map(({ availabilityZone }) => ({
        instanceType,
        availabilityZone,
        productDescription: 'Linux/UNIX',
        spotPrice: spotPrice(instanceType, availabilityZone),
        timestamp: new Date().toISOString(),
      })),
    );
    return { spotPriceHistorySet: { item } };
  },
  RunInstances: (parameters) => {
    const instance = runInstance(fleet, place, parameters);
    return { reservationId: `r-${instance.id.slice(2)}`, instancesSet: { item: [instanceXml(instance)] } };
  },
  DescribeInstances: (parameters) => {
    const ids = idsOf(parameters);
    const { visible } = fleet;
    const missing = ids.filter((id) => !visible.some((instance) => instance.id === id));
    if (missing.length > 0) notFound(missing);
    const filters = filtersOf(parameters).map(([name, values]) => filterOf(name, values));
    const shown = visible.filter(
      (instance) =>
        (ids.length === 0 || ids.includes(instance.id)) && filters.every((matches) => matches(instance)),
    );
    const { items, ...next } = page(shown, parameters);
    const item = items.map((instance) => ({
      reservationId: `r-${instance.id.slice(2)}`,
      instancesSet: { item: [instanceXml(instance)] },
    }));
    return { reservationSet: { item }, ...next };
  },
  TerminateInstances: (parameters) => {
    const ids = idsOf(parameters);
    const found = ids.flatMap((id) => fleet.find(id) ?? []);
    if (found.length < ids.length) notFound(ids.filter((id) => fleet.find(id) === undefined));
    const item = found.map((instance) => {
      const previousState = stateXml(instance.state);
      fleet.end(instance, 'Client.UserInitiatedShutdown');
      return { instanceId: instance.id, previousState, currentState: stateXml(instance.state) };
    });
    return { instancesSet: { item } };
  },
  GetConsoleOutput: (parameters) => {
    const id = textOf(parameters['InstanceId']) ?? '';
    const instance = fleet.find(id) ?? notFound([id]);
    const output =
      instance.console === '' ? {} : { output: Buffer.from(instance.console).toString('base64') };
    return { instanceId: id, timestamp: new Date().toISOString(), ...output };
  },
});

/** EC2's Query API over a fleet (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Welcome.html). */
export const ec2Service = (fleet: Fleet, place: LaunchPlace): CloudService => {
  const operations = operationsOver(fleet, place);
  return {
    name: 'ec2',
    refuse: xmlError,
    read: ({ body }) => {
      const parameters = readQuery(body);
      const operation = textOf(parameters['Action']);
      return operation === undefined || operations[operation] === undefined
        ? undefined
        : { operation, parameters };
    },
    facts: ({ operation, parameters }) => {
      if (operation !== 'RunInstances') return {};
      const query = parameters as QueryParameters;
      const [networkInterface] = listOf(query['NetworkInterface']);
      const subnetId = textOf(at(networkInterface, 'SubnetId'));
      const subnet = place.subnets.find((known) => known.subnetId === subnetId);
      return {
        market: textOf(at(query['InstanceMarketOptions'], 'MarketType')) ?? 'on-demand',
        instance_type: textOf(query['InstanceType']) ?? '',
        availability_zone: subnet?.availabilityZone ?? '',
      };
    },
    perform: ({ operation, parameters }) => {
      try {
        return xmlAnswer(operation, operations[operation]?.(parameters as QueryParameters) ?? {});
      } catch (error) {
        if (error instanceof AwsFault) return xmlError(error.code, error.message);
        throw error;
      }
    },
  };
};
