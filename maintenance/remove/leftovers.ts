import type { DeploymentInstance } from '../deployment-instance.ts';
import type { DeployedResource, Stacks } from '../stack.ts';
import type { RegistrationReading } from './survey.ts';

export interface LeftoverPorts {
  readonly stacks: Pick<Stacks, 'resources'>;
  readonly instances: () => Promise<readonly DeploymentInstance[]>;
  /** Those of the names under which there is a log group. */
  readonly existingLogGroups: (names: readonly string[]) => Promise<readonly string[]>;
  /** Absent when there is no credential any more to ask with. */
  readonly registrations?: () => Promise<RegistrationReading>;
}

/** They go with the function whose versions they are (https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html). */
const goesWithAnother: ReadonlySet<string> = new Set(['AWS::Lambda::Version']);

const keptResources = (resources: readonly DeployedResource[]): readonly string[] =>
  resources
    .filter(({ status, type }) => status !== 'DELETE_COMPLETE' && !goesWithAnother.has(type))
    .map(({ type, physicalId, status }) => `${type} ${physicalId} (${status})`);

/** The stack's own log groups, and those that Lambda makes by itself for a function that may. */
const logGroupsOf = (resources: readonly DeployedResource[]): readonly string[] => [
  ...new Set([
    ...resources.filter(({ type }) => type === 'AWS::Logs::LogGroup').map(({ physicalId }) => physicalId),
    ...resources
      .filter(({ type }) => type === 'AWS::Lambda::Function')
      .map(({ physicalId }) => `/aws/lambda/${physicalId}`),
  ]),
];

const registrationsLeft = (reading: RegistrationReading | undefined): readonly string[] =>
  reading?.kind === 'known' ? reading.registrations.map(({ name }) => `the runner ${name} at GitHub`) : [];

/** What a removed stack has left behind, in words; empty when it is nothing. */
export const leftoversOf = async (ports: LeftoverPorts, stackId: string): Promise<readonly string[]> => {
  const resources = await ports.stacks.resources(stackId);
  const groups = logGroupsOf(resources);
  const existing = await ports.existingLogGroups(groups);
  const instances = await ports.instances();
  return [
    ...keptResources(resources),
    ...existing.map((name) => `the log group ${name}`),
    ...instances.map(({ id, state }) => `the instance ${id}, ${state}`),
    ...registrationsLeft(await ports.registrations?.()),
  ];
};
