import type { Registration, RegistrationLister, RegistrationReader } from '../../domain/ports.ts';
import type { GitHubClient } from './github-client.ts';
import { githubStatus } from './github-errors.ts';
import { type RunnerApi, runnerApi } from './github-runner-api.ts';

type Runner = Awaited<ReturnType<RunnerApi['all']>>[number];

const registrationOf = ({ id, name, status, busy, labels }: Runner): Registration => ({
  id,
  name,
  online: status === 'online',
  busy,
  labels: labels.map((label) => label.name),
});

/** Reads registrations. Only GitHub's 404 for an id says that there is none; its lists lag. */
export const githubRegistrations = ({ call, target }: GitHubClient): RegistrationReader => ({
  byId: (id) =>
    call('get runner', async (octokit) => {
      try {
        return registrationOf((await runnerApi(octokit, target).get(id)).data);
      } catch (error) {
        if (githubStatus(error) === 404) return undefined;
        throw error;
      }
    }),
  byName: (name) =>
    call('find runner', async (octokit) => {
      const { data } = await runnerApi(octokit, target).named(name);
      const found = data.runners.find((runner) => runner.name === name);
      return found === undefined ? undefined : registrationOf(found);
    }),
});

/** Lists every registration of the target, all pages. */
export const githubRegistrationLister = ({ call, target }: GitHubClient): RegistrationLister => ({
  all: () =>
    call('list runners', async (octokit) => (await runnerApi(octokit, target).all()).map(registrationOf)),
});
