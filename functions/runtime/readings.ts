import { githubActiveRuns } from '../adapters/github/github-active-runs.ts';
import type { GitHubClient } from '../adapters/github/github-client.ts';
import { githubRegistrationLister, githubRegistrations } from '../adapters/github/github-registrations.ts';
import type { GitHubReserve } from '../domain/admission/github-reserve.ts';
import type { RegistrationReader } from '../domain/ports.ts';
import { sharedReading } from '../domain/readings/shared-reading.ts';
import { parseRegistration, sharedRegistrations } from '../domain/readings/shared-registrations.ts';
import { type ActiveRunReadings, parseActiveRun } from '../domain/readings/shared-runs.ts';
import type { Runtime } from './runtime.ts';
import { changesItems, putsItems, readsItems } from './table.ts';

const tableOf = (runtime: Runtime) => ({
  ...readsItems(runtime),
  ...putsItems(runtime),
  ...changesItems(runtime),
});

/** Registrations for whoever waits for a runner, by the shared reading of all of them. */
export const waitedRegistrations = (
  runtime: Runtime,
  github: GitHubClient,
): Pick<RegistrationReader, 'byId'> =>
  sharedRegistrations(
    sharedReading('registrations', {
      table: tableOf(runtime),
      clock: runtime.clock,
      ask: githubRegistrationLister(github).all,
      parse: parseRegistration,
    }),
    githubRegistrations(github),
  );

/** The shared readings of the active runs of repositories; `spend` can refuse to ask GitHub. */
export const activeRunReadings = (
  runtime: Runtime,
  github: GitHubClient,
  spend: GitHubReserve['spend'] = (ask) => ask(),
): ActiveRunReadings => {
  const { clock } = runtime;
  const table = tableOf(runtime);
  const list = githubActiveRuns(github);
  return (repository) =>
    sharedReading(`active-runs#${repository}`, {
      table,
      clock,
      ask: () => spend(() => list(repository)),
      parse: parseActiveRun,
    });
};
