import type { Instance, Registration, RegistrationReader } from '../ports.ts';
import { maximumRounds, runnerName } from './life.ts';

/** All that tells which registrations a life can have. */
export interface LifeMachines {
  readonly life: string;
  readonly deployment: string;
  /** All that EC2 shows of the life. */
  readonly shown: readonly Instance[];
  /** The instance that got ready; absent while none is known to. */
  readonly readyInstanceId?: string | undefined;
}

const isPresent = <T>(value: T | undefined): value is T => value !== undefined;

const idsOf = (instances: readonly Instance[]): readonly number[] => [
  ...new Set(instances.map(({ registrationId }) => registrationId)),
];

/** The registrations that GitHub has for these instances, each asked for by its id: absence is certain. */
export const registrationsOfInstances = async (
  registrations: Pick<RegistrationReader, 'byId'>,
  instances: readonly Instance[],
): Promise<readonly Registration[]> =>
  (await Promise.all(idsOf(instances).map((id) => registrations.byId(id)))).filter(isPresent);

/**
 * The names of the rounds of which EC2 shows no instance: only of these GitHub's id is not known. A life whose runner
 * got ready has no round after that.
 */
const namesToFind = ({ life, deployment, shown, readyInstanceId }: LifeMachines): readonly string[] => {
  const ready = shown.find(({ id }) => id === readyInstanceId);
  const rounds = Array.from({ length: ready?.round ?? maximumRounds }, (_, index) => index + 1);
  return rounds
    .filter((round) => !shown.some((instance) => instance.round === round))
    .map((round) => runnerName(life, round, deployment));
};

const registrationsByName = async (
  registrations: Pick<RegistrationReader, 'byName'>,
  machines: LifeMachines,
): Promise<readonly Registration[]> =>
  (await Promise.all(namesToFind(machines).map((name) => registrations.byName(name)))).filter(isPresent);

const distinct = (found: readonly Registration[]): readonly Registration[] =>
  found.filter(({ id }, index) => found.findIndex((other) => other.id === id) === index);

/**
 * Every registration of a life: by the ids that its instances carry, and by the names that its other rounds can
 * have. A name is only asked for where there is no id, for each request counts against GitHub's hourly limit.
 */
export const registrationsOfLife = async (
  registrations: RegistrationReader,
  machines: LifeMachines,
): Promise<readonly Registration[]> => {
  const [byId, byName] = await Promise.all([
    registrationsOfInstances(registrations, machines.shown),
    registrationsByName(registrations, machines),
  ]);
  return distinct([...byId, ...byName]);
};

/** GitHub's ids of the registrations that a life can have: whoever changes them learns whether they are there. */
export const registrationIdsOfLife = async (
  registrations: Pick<RegistrationReader, 'byName'>,
  machines: LifeMachines,
): Promise<readonly number[]> => {
  const byName = await registrationsByName(registrations, machines);
  return [...new Set([...idsOf(machines.shown), ...byName.map(({ id }) => id)])];
};
