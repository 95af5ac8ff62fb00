import { secretCredential } from '../../functions/adapters/aws/secrets-credential.ts';
import { CredentialUnusable } from '../../functions/domain/errors.ts';
import { variables } from '../../functions/runtime/environment.ts';
import { githubReader } from '../adapters/github-reader.ts';
import type { GitHubReader } from '../github-access.ts';
import { outputsOf, type StackReading } from '../stack.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Check } from './check.ts';
import { type CredentialOrigin, credentialCheck } from './credential-check.ts';
import { once } from './once.ts';
import { permissionCheck } from './permission-check.ts';
import { repositoryCheck } from './repository-check.ts';
import { runnerGroupCheck } from './runner-group-check.ts';
import type { Section } from './section.ts';
import { webhookCheck } from './webhook-check.ts';

export interface GitHubSectionOptions {
  /** A credential to look at in place of the stack's. */
  readonly credential?: CredentialOrigin;
  /** Try a registration that GitHub must refuse. */
  readonly isWriteTried: boolean;
}

type ReadStack = () => Promise<StackReading | undefined>;

const now = () => new Date();

/** The credential in the stack's secret; a secret that is empty is a finding of its own. */
const stackCredential = async (
  { aws }: Surroundings,
  stack: ReadStack,
): Promise<CredentialOrigin | undefined> => {
  const found = await stack();
  const outputs = found === undefined ? undefined : outputsOf(found);
  if (outputs === undefined) return undefined;
  try {
    const credential = await secretCredential(aws, outputs.githubSecretArn, now).read();
    return { credential, from: 'the stack’s secret' };
  } catch (error) {
    if (error instanceof CredentialUnusable) return undefined;
    throw error;
  }
};

/** Whether GitHub lets the deployment do its work, before the deployment if a credential is given. */
export const githubSection = (
  surroundings: Surroundings,
  stack: ReadStack,
  { credential, isWriteTried }: GitHubSectionOptions,
): Section => {
  const { config, github } = surroundings;
  const { runnerGroupId, privateRepositories, allowedRepositories: repositories } = config;
  const isAskedAboutRuns = config.admission === 'verified';
  const target = variables.target.read(config.target);
  const origin = once(async () => credential ?? (await stackCredential(surroundings, stack)));

  const withReader = (subject: string, check: (reader: GitHubReader) => Check): Check => ({
    subject,
    look: async () => {
      const found = await origin();
      return found === undefined ? [] : check(githubReader(github, target, found.credential)).look();
    },
  });

  const webhook = (reader: GitHubReader): Check => ({
    subject: 'Webhook',
    look: async () => {
      const found = await stack();
      const url = found === undefined ? undefined : outputsOf(found)?.webhookUrl;
      return webhookCheck({ github: reader, ...(url === undefined ? {} : { url }) }).look();
    },
  });

  return {
    gate: credentialCheck(origin),
    checks: [
      withReader('GitHub permission', (reader) =>
        permissionCheck({
          target,
          github: reader,
          mustReadRuns: isAskedAboutRuns && privateRepositories,
          isWriteTried,
          clock: now,
        }),
      ),
      withReader('Repositories', (reader) =>
        repositoryCheck({ repositories, isAskedAboutRuns, privateRepositories, github: reader }),
      ),
      ...(isAskedAboutRuns ? [withReader('Webhook', webhook)] : []),
      withReader('Runner group', (reader) =>
        runnerGroupCheck({ target, runnerGroupId, repositories, github: reader }),
      ),
    ],
  };
};
