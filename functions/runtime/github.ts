import { secretCredential } from '../adapters/aws/secrets-credential.ts';
import { type GitHubClient, githubClient } from '../adapters/github/github-client.ts';
import type { Runtime } from './runtime.ts';

const clientOf = ({ aws, github, settings, clock }: Runtime, readsPrivateRuns: boolean): GitHubClient => {
  const { target, githubSecretArn } = settings('target', 'githubSecretArn');
  return githubClient({
    connection: github,
    target,
    credential: secretCredential(aws, githubSecretArn, clock),
    readsPrivateRuns,
  });
};

/** GitHub as the deployment's credential shows it. */
export const githubOf = (runtime: Runtime): GitHubClient => clientOf(runtime, false);

/** GitHub for functions that read runs and their jobs too, which in a private repository takes one more permission. */
export const runsGithubOf = (runtime: Runtime): GitHubClient =>
  clientOf(runtime, runtime.settings('privateRepositories').privateRepositories);
