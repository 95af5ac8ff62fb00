import { broken, type Verdict, well } from '../finding.ts';
import type { GitHubReader, RepositoryVisibility } from '../github-access.ts';
import type { Check } from './check.ts';

const judge = (repository: string, visibility: RepositoryVisibility, isInstalled: boolean): Verdict => {
  if (visibility !== 'unseen' || isInstalled)
    return well(`${repository} is ${visibility === 'public' ? 'public' : 'private'}`);
  return broken(
    `${repository} is not there, or is private and the credential may not see it`,
    'Correct allowedRepositories, or give the credential the repository with Actions: Read-only (docs/credentials.md).',
  );
};

/** Whether the repositories whose runs are admitted exist and can be seen. */
export const repositoryCheck = (repositories: readonly string[], github: GitHubReader): Check => ({
  subject: 'Repositories',
  look: () =>
    Promise.all(
      repositories.map(async (repository) => {
        const visibility = await github.visibility(repository);
        const isInstalled = visibility === 'unseen' && (await github.isInstalledOn(repository));
        return judge(repository, visibility, isInstalled);
      }),
    ),
});
