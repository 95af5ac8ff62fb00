import { InstanceStateName } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../wire/aws-json.ts';
import { listOf, type QueryParameters, textOf } from '../../wire/query-protocol.ts';
import { isNitro } from './catalogue.ts';
import { type FilteredValue, type KnownFilters, passesFilters } from './filters.ts';
import { ec2Page, requirePageSize } from './paging.ts';
import type { FakeInstance, FakeState, Fleet } from './state.ts';

/** EC2's numbers for the states (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html). */
const stateCodes: Readonly<Record<FakeState, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
};

const stateXml = (state: FakeState) => ({ code: stateCodes[state], name: state });

/** An instance as answers show it (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html). */
export const instanceXml = (instance: FakeInstance) => ({
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

const filtered: FilteredValue<FakeInstance> = (name, { tags, state, clientToken }) => {
  if (name.startsWith('tag:')) return tags[name.slice(4)] ?? null;
  if (name === 'client-token') return clientToken;
  return name === 'instance-state-name' ? state : undefined;
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html */
const instanceFilters: KnownFilters = {
  'tag:': 'any',
  'client-token': 'any',
  'instance-state-name': Object.values(InstanceStateName),
};

const notFound = (ids: readonly string[]): never => {
  const [subject, verb] = ids.length === 1 ? ['ID', 'does'] : ['IDs', 'do'];
  throw new AwsFault(
    'InvalidInstanceID.NotFound',
    `The instance ${subject} '${ids.join(', ')}' ${verb} not exist`,
  );
};

const idsOf = (parameters: QueryParameters): readonly string[] => {
  const ids = listOf(parameters['InstanceId']).flatMap((id) => textOf(id) ?? []);
  const malformed = ids.find((id) => !/^i-[0-9a-f]{8,17}$/.test(id));
  if (malformed !== undefined)
    throw new AwsFault('InvalidInstanceID.Malformed', `Invalid id: "${malformed}"`);
  return ids;
};

/**
 * What a description shows lags behind, and terminated instances stay for about an hour. Asked for by id, one
 * that is not shown is an error; a page size and ids exclude each other
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html).
 */
export const describeInstances = (fleet: Fleet, parameters: QueryParameters) => {
  const ids = idsOf(parameters);
  if (ids.length > 0 && parameters['MaxResults'] !== undefined)
    throw new AwsFault(
      'InvalidParameterCombination',
      'The parameter instancesSet cannot be used with the parameter maxResults',
    );
  requirePageSize(parameters, 5, 1_000);
  const { visible } = fleet;
  const missing = ids.filter((id) => !visible.some((instance) => instance.id === id));
  if (missing.length > 0) notFound(missing);
  const passes = passesFilters(parameters, filtered, instanceFilters);
  const shown = visible.filter(
    (instance) => (ids.length === 0 || ids.includes(instance.id)) && passes(instance),
  );
  const { items, ...next } = ec2Page(shown, parameters);
  const item = items.map((instance) => ({
    reservationId: `r-${instance.id.slice(2)}`,
    instancesSet: { item: [instanceXml(instance)] },
  }));
  return { reservationSet: { item }, ...next };
};

/**
 * Idempotent for those that have ended; an id that is unknown refuses the whole request
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html).
 */
export const terminateAsked = (fleet: Fleet, parameters: QueryParameters) => {
  const ids = idsOf(parameters);
  const found = ids.flatMap((id) => fleet.find(id) ?? []);
  if (found.length < ids.length) notFound(ids.filter((id) => fleet.find(id) === undefined));
  const item = found.map((instance) => {
    const previousState = stateXml(instance.state);
    fleet.end(instance, 'Client.UserInitiatedShutdown');
    return { instanceId: instance.id, previousState, currentState: stateXml(instance.state) };
  });
  return { instancesSet: { item } };
};

const maximumConsoleBytes = 65_536;

/**
 * The newest 64 KB: without `Latest` what was posted shortly after the last change of state, with it what stands
 * there now, which only the Nitro hypervisor can tell
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html).
 */
export const getConsoleOutput = (fleet: Fleet, parameters: QueryParameters) => {
  const [id = ''] = idsOf({ InstanceId: { 1: textOf(parameters['InstanceId']) ?? '' } });
  const instance = fleet.find(id) ?? notFound([id]);
  const isLatest = textOf(parameters['Latest']) === 'true';
  if (isLatest && !isNitro(instance.instanceType))
    throw new AwsFault(
      'UnsupportedOperation',
      'This instance type does not support retrieving the latest console logs. You can only retrieve the archived console logs.',
    );
  const text = Buffer.from(isLatest ? instance.console : instance.postedConsole).subarray(
    -maximumConsoleBytes,
  );
  const output = text.length === 0 ? {} : { output: text.toString('base64') };
  return { instanceId: id, timestamp: new Date().toISOString(), ...output };
};
