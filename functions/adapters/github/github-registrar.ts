import { GitHubUnavailable } from '../../domain/errors.ts';
import type { JitConfig, Registrar } from '../../domain/ports.ts';
import type { GitHubClient } from './github-client.ts';
import { githubStatus } from './github-errors.ts';
import { type RunnerApi, runnerApi } from './github-runner-api.ts';

const generate = async (
  api: RunnerApi,
  name: string,
  groupId: number,
  labels: readonly string[],
): Promise<JitConfig> => {
  const { data } = await api.generateJitConfig(name, groupId, [...labels]);
  return { registrationId: data.runner.id, encoded: data.encoded_jit_config };
};

/**
 * A runner of exactly this name can only be what an attempt of ours left whose answer was lost. GitHub's lists
 * lag: one that does not show yet will, and one that still shows can be gone.
 */
const deleteStale = async (api: RunnerApi, name: string): Promise<void> => {
  const { data } = await api.named(name);
  const stale = data.runners.find((runner) => runner.name === name);
  if (stale === undefined) return;
  try {
    await api.delete(stale.id);
  } catch (error) {
    if (githubStatus(error) !== 404) throw error;
  }
};

const afterStale = async (
  api: RunnerApi,
  name: string,
  again: () => Promise<JitConfig>,
): Promise<JitConfig> => {
  await deleteStale(api, name);
  try {
    return await again();
  } catch (error) {
    if (githubStatus(error) !== 409) throw error;
    throw new GitHubUnavailable(`generate-jitconfig: GitHub has a runner ${name} that it does not list yet`, {
      cause: error,
    });
  }
};

/**
 * Registers runners. A call that fails can have registered all the same, and the repeat gets 409: then the
 * stale runner of that name is deleted, and the call made once more; GitHubUnavailable when it does not show yet
 * (https://docs.github.com/rest/actions/self-hosted-runners#create-configuration-for-a-just-in-time-runner-for-an-organization).
 */
export const githubRegistrar = ({ call, target }: GitHubClient, runnerGroupId: number): Registrar => ({
  register: (name, labels) =>
    call('generate-jitconfig', async (octokit) => {
      const api = runnerApi(octokit, target);
      try {
        return await generate(api, name, runnerGroupId, labels);
      } catch (error) {
        if (githubStatus(error) !== 409) throw error;
        return afterStale(api, name, () => generate(api, name, runnerGroupId, labels));
      }
    }),
});
