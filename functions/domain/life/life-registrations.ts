import type { Instance, Registration, RegistrationReader } from '../ports.ts';
import { runnerName, runnerNames } from './life.ts';

const isPresent = <T>(value: T | undefined): value is T => value !== undefined;

/** The registrations that GitHub has for these instances, each asked for by its id: absence is certain. */
export const registrationsOfInstances = async (
  registrations: RegistrationReader,
  instances: readonly Instance[],
): Promise<readonly Registration[]> => {
  const ids = [...new Set(instances.map(({ registrationId }) => registrationId))];
  return (await Promise.all(ids.map((id) => registrations.byId(id)))).filter(isPresent);
};

/** The names of the rounds of which EC2 shows no instance: only of these GitHub's id is not known. */
const namesToFind = (life: string, deployment: string, instances: readonly Instance[]): readonly string[] => {
  const shown = instances.map(({ round }) => runnerName(life, round, deployment));
  return runnerNames(life, deployment).filter((name) => !shown.includes(name));
};

/**
 * Every registration of a life: by the ids that its instances carry, and by the names that its other rounds can
 * have. A name is only asked for where there is no id, for each request counts against GitHub's hourly limit.
 */
export const registrationsOfLife = async (
  registrations: RegistrationReader,
  life: string,
  deployment: string,
  instances: readonly Instance[],
): Promise<readonly Registration[]> => {
  const [byId, byName] = await Promise.all([
    registrationsOfInstances(registrations, instances),
    Promise.all(namesToFind(life, deployment, instances).map((name) => registrations.byName(name))),
  ]);
  const found = [...byId, ...byName.filter(isPresent)];
  return found.filter(({ id }, index) => found.findIndex((other) => other.id === id) === index);
};
