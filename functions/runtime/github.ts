import { type GitHubClient, githubClient } from '../adapters/github-client.ts';
import { secretCredential } from '../adapters/secrets-credential.ts';
import type { Runtime } from './runtime.ts';

/** GitHub as the deployment's credential shows it. */
export const githubOf = ({ aws, github, settings, clock }: Runtime): GitHubClient => {
  const { target, githubSecretArn } = settings('target', 'githubSecretArn');
  return githubClient({
    connection: github,
    target,
    credential: secretCredential(aws, githubSecretArn, clock),
  });
};
