import { runnerNames } from './life.ts';
import type { Instance, Registration, RegistrationReader } from './ports.ts';

const isPresent = <T>(value: T | undefined): value is T => value !== undefined;

/** The registrations that GitHub has for these instances, each asked for by its id: absence is certain. */
export const registrationsOfInstances = async (
  registrations: RegistrationReader,
  instances: readonly Instance[],
): Promise<readonly Registration[]> => {
  const ids = [...new Set(instances.map(({ registrationId }) => registrationId))];
  return (await Promise.all(ids.map((id) => registrations.byId(id)))).filter(isPresent);
};

/**
 * Every registration of a life: by the ids that its instances carry, and by the names that it can have. What
 * GitHub answers for an id stands before what it lists.
 */
export const registrationsOfLife = async (
  registrations: RegistrationReader,
  life: string,
  deployment: string,
  instances: readonly Instance[],
): Promise<readonly Registration[]> => {
  const [byId, byName] = await Promise.all([
    registrationsOfInstances(registrations, instances),
    Promise.all(runnerNames(life, deployment).map((name) => registrations.byName(name))),
  ]);
  const found = [...byName.filter(isPresent), ...byId];
  return [...new Map(found.map((registration) => [registration.id, registration])).values()];
};
