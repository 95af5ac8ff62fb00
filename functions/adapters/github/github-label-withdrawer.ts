import type { LabelWithdrawer } from '../../domain/ports.ts';
import type { GitHubClient } from './github-client.ts';
import { githubStatus } from './github-errors.ts';
import { runnerApi } from './github-runner-api.ts';

/**
 * Takes all custom labels away. GitHub's description says that a JIT configuration's labels are custom ones,
 * and that this call removes all of them and returns the read-only labels that remain; it promises nothing
 * about a job that was matched a moment before, so idleness still has to be read twice afterwards
 * (https://docs.github.com/rest/actions/self-hosted-runners#remove-all-custom-labels-from-a-self-hosted-runner-for-an-organization).
 */
export const githubLabelWithdrawer = ({ call, target }: GitHubClient): LabelWithdrawer => ({
  withdrawLabels: (id) =>
    call('remove labels', async (octokit) => {
      try {
        await runnerApi(octokit, target).removeLabels(id);
        return 'withdrawn';
      } catch (error) {
        if (githubStatus(error) === 404) return 'gone';
        throw error;
      }
    }),
});
