import { failed, passed, type Verdict, warning } from '../finding.ts';
import type { GitHubReader, RepositoryVisibility } from '../github-access.ts';
import type { Check } from './check.ts';

/** A repository that only the App itself is shown, with a token that was not narrowed to it, is private. */
const visibilityOf = async (repository: string, github: GitHubReader): Promise<RepositoryVisibility> => {
  const visibility = await github.visibility(repository);
  if (visibility !== 'unseen') return visibility;
  return (await github.isInstalledOn(repository)) ? 'private' : 'unseen';
};

export interface RepositoryCheckOptions {
  readonly repositories: readonly string[];
  /** Whether GitHub is asked about runs at all. */
  readonly isAskedAboutRuns: boolean;
  /** Whether the configuration says that some are private. */
  readonly privateRepositories: boolean;
  readonly github: GitHubReader;
}

const judge = (
  repository: string,
  visibility: RepositoryVisibility,
  { isAskedAboutRuns, privateRepositories }: RepositoryCheckOptions,
): Verdict => {
  if (visibility === 'unseen')
    return failed(
      `${repository} is not there, or is private and the credential may not see it`,
      'Correct allowedRepositories, or give the credential the repository with Actions: Read-only (docs/credentials.md).',
    );
  if (visibility === 'private' && isAskedAboutRuns && !privateRepositories)
    return failed(
      `${repository} is private, so its runs cannot be read`,
      'Set privateRepositories to true, and give the credential Repository permissions → Actions: Read-only (docs/credentials.md).',
    );
  return passed(`${repository} is ${visibility}`);
};

const needless = (
  visibilities: readonly RepositoryVisibility[],
  { privateRepositories }: RepositoryCheckOptions,
): readonly Verdict[] =>
  privateRepositories && visibilities.every((visibility) => visibility === 'public')
    ? [
        warning(
          'none of them is private, and privateRepositories is true',
          'Set it to false, and take Actions away from the credential.',
        ),
      ]
    : [];

/** Whether the repositories whose runs are admitted exist, and are as the configuration has them. */
export const repositoryCheck = (options: RepositoryCheckOptions): Check => ({
  subject: 'Repositories',
  look: async () => {
    const { repositories, github } = options;
    const visibilities = await Promise.all(repositories.map((name) => visibilityOf(name, github)));
    const judged = repositories.map((name, index) => judge(name, visibilities[index] ?? 'unseen', options));
    return [...judged, ...needless(visibilities, options)];
  },
});
