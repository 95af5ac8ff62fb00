import { AwsFault } from '../../wire/aws-json.ts';
import {
  at,
  listOf,
  type QueryParameters,
  readQuery,
  textOf,
  xmlAnswer,
  xmlError,
} from '../../wire/query-protocol.ts';
import type { CloudCall, CloudService } from '../../wire/wire.ts';
import type { AwsAccount } from '../account.ts';
import { accountOperations } from './account.ts';
import { images } from './catalogue.ts';
import { describeImages } from './images.ts';
import { describeInstances, getConsoleOutput, instanceXml, terminateAsked } from './instances.ts';
import { type LaunchPlace, runInstance } from './launch.ts';
import { describeSpotPriceHistory } from './spot-prices.ts';
import type { Fleet } from './state.ts';

type Operation = (parameters: QueryParameters) => object;

const operationsOver = (fleet: Fleet, place: LaunchPlace): Readonly<Record<string, Operation>> => ({
  DescribeImages: (parameters) => describeImages(place.images ?? images, parameters),
  DescribeSpotPriceHistory: (parameters) => describeSpotPriceHistory(place, parameters),
  RunInstances: (parameters) => {
    const instance = runInstance(fleet, place, parameters);
    return { reservationId: `r-${instance.id.slice(2)}`, instancesSet: { item: [instanceXml(instance)] } };
  },
  DescribeInstances: (parameters) => describeInstances(fleet, parameters),
  TerminateInstances: (parameters) => terminateAsked(fleet, parameters),
  GetConsoleOutput: (parameters) => getConsoleOutput(fleet, parameters),
});

const launchFacts = (place: LaunchPlace, query: QueryParameters): Readonly<Record<string, string>> => {
  const [networkInterface] = listOf(query['NetworkInterface']);
  const subnetId = textOf(at(networkInterface, 'SubnetId'));
  const subnet = place.subnets.find((known) => known.subnetId === subnetId);
  return {
    market: textOf(at(query['InstanceMarketOptions'], 'MarketType')) ?? 'on-demand',
    instance_type: textOf(query['InstanceType']) ?? '',
    availability_zone: subnet?.availabilityZone ?? '',
  };
};

/** EC2's Query API over a fleet (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Welcome.html). */
export const ec2Service = (fleet: Fleet, place: LaunchPlace, account?: AwsAccount): CloudService => {
  const operations = {
    ...operationsOver(fleet, place),
    ...(account === undefined ? {} : accountOperations(account)),
  };
  return {
    name: 'ec2',
    refuse: xmlError,
    read: ({ body }) => {
      const parameters = readQuery(body);
      const operation = textOf(parameters['Action']);
      return operation === undefined || !Object.hasOwn(operations, operation)
        ? undefined
        : { operation, parameters };
    },
    facts: ({ operation, parameters }: CloudCall) =>
      operation === 'RunInstances' ? launchFacts(place, parameters as QueryParameters) : {},
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
