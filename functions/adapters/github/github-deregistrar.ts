import type { Deregistrar } from '../../domain/ports.ts';
import type { GitHubClient } from './github-client.ts';
import { githubStatus } from './github-errors.ts';
import { runnerApi } from './github-runner-api.ts';

/**
 * Deletes registrations. GitHub answers 422 while it takes the runner for busy, and 404 when it is gone
 * (https://docs.github.com/rest/actions/self-hosted-runners#delete-a-self-hosted-runner-from-an-organization).
 * 204 does not prove that the runner was idle: GitHub's `busy` is stale.
 */
export const githubDeregistrar = ({ call, target }: GitHubClient): Deregistrar => ({
  deregister: (id) =>
    call('delete runner', async (octokit) => {
      try {
        await runnerApi(octokit, target).delete(id);
        return 'deregistered';
      } catch (error) {
        if (githubStatus(error) === 404) return 'gone';
        if (githubStatus(error) === 422) return 'refused';
        throw error;
      }
    }),
});
