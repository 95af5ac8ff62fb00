import { githubActiveRuns } from '../adapters/github/github-active-runs.ts';
import type { GitHubClient } from '../adapters/github/github-client.ts';
import type { GitHubReserve } from '../domain/admission/github-reserve.ts';
import { sharedReading } from '../domain/readings/shared-reading.ts';
import { type ActiveRunReadings, parseActiveRun } from '../domain/readings/shared-runs.ts';
import type { Runtime } from './runtime.ts';
import { changesItems, putsItems, readsItems } from './table.ts';

/** The shared readings of the active runs of repositories; `spend` can refuse to ask GitHub. */
export const activeRunReadings = (
  runtime: Runtime,
  github: GitHubClient,
  spend: GitHubReserve['spend'] = (ask) => ask(),
): ActiveRunReadings => {
  const { clock } = runtime;
  const table = { ...readsItems(runtime), ...putsItems(runtime), ...changesItems(runtime) };
  const list = githubActiveRuns(github);
  return (repository) =>
    sharedReading(`active-runs#${repository}`, {
      table,
      clock,
      ask: () => spend(() => list(repository)),
      parse: parseActiveRun,
    });
};
