import type { Registration, RegistrationReader } from '../ports.ts';
import type { SharedReading } from './shared-reading.ts';

/** How old a reading may be that says whether a runner is online: one reading serves all machines that boot. */
export const acceptRegistrationsSeconds = 10;

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/** A row of a reading of registrations, `undefined` when it is none. */
export const parseRegistration = (row: unknown): Registration | undefined => {
  if (typeof row !== 'object' || row === null) return undefined;
  const { id, name, online, busy, labels } = row as Readonly<Record<string, unknown>>;
  return typeof id === 'number' &&
    typeof name === 'string' &&
    typeof online === 'boolean' &&
    typeof busy === 'boolean' &&
    isTexts(labels)
    ? { id, name, online, busy, labels }
    : undefined;
};

/**
 * Registrations for whoever waits for a runner: what the shared reading shows costs one request for all. What it does
 * not show is asked for by its id, for a list lags, and only GitHub's word for the id says that there is none. Without
 * the table GitHub is asked.
 */
export const sharedRegistrations = (
  registrations: SharedReading<Registration>,
  { byId }: Pick<RegistrationReader, 'byId'>,
): Pick<RegistrationReader, 'byId'> => ({
  byId: async (id) => {
    const reading = await registrations.read(acceptRegistrationsSeconds).catch(() => undefined);
    return reading?.rows.find((registration) => registration.id === id) ?? byId(id);
  },
});
