import type { GitHubTarget } from '../../functions/adapters/github/github-connection.ts';
import { failed, passed, type Verdict, warning } from '../finding.ts';
import type { GitHubReader, RepositoryVisibility, RunnerGroup } from '../github-access.ts';
import type { Check } from './check.ts';

export interface RunnerGroupCheckOptions {
  readonly target: GitHubTarget;
  readonly runnerGroupId: number;
  readonly repositories: readonly string[];
  readonly github: GitHubReader;
}

interface Seen {
  readonly repository: string;
  readonly visibility: RepositoryVisibility;
}

const settings = ({ name }: RunnerGroup): string =>
  `GitHub → the organisation’s Settings → Actions → Runner groups → ${name}`;

const isShut = ({ visibility, repositories = [] }: RunnerGroup, seen: Seen): boolean => {
  if (visibility === 'private') return seen.visibility === 'public';
  const wanted = seen.repository.toLowerCase();
  return visibility === 'selected' && !repositories.some((name) => name.toLowerCase() === wanted);
};

const judge = (group: RunnerGroup, seen: readonly Seen[]): readonly Verdict[] => {
  const { name, isPublicAllowed, workflows } = group;
  const isPublic = ({ visibility }: Seen): boolean => visibility === 'public';
  const names = (some: readonly Seen[]): string => some.map(({ repository }) => repository).join(', ');
  if (!isPublicAllowed && seen.some(isPublic))
    return [
      failed(
        `"${name}" does not allow public repositories, and ${names(seen.filter(isPublic))} is one`,
        `Tick "Allow public repositories": ${settings(group)}`,
      ),
    ];
  const shutOut = seen.filter((one) => isShut(group, one));
  if (shutOut.length > 0)
    return [failed(`"${name}" is not open to ${names(shutOut)}`, `Repository access: ${settings(group)}`)];
  if (workflows !== undefined)
    return [
      warning(
        `"${name}" takes jobs of these workflows alone: ${workflows.join(', ') || 'none'}`,
        `See that yours is among them, or choose all workflows: ${settings(group)}`,
      ),
    ];
  return [passed(`"${name}" takes jobs of ${names(seen)}`)];
};

const absent = async (id: number, github: GitHubReader): Promise<Verdict> => {
  const groups = await github.runnerGroups();
  const known = groups.map((group) => `${group.id} is "${group.name}"`).join(', ');
  return failed(
    `there is no runner group ${id}, or the credential may not use it`,
    `Set runnerGroupId: ${known}.`,
  );
};

/** A repository's own runners are in no group, which GitHub's API calls the default one. */
const ofRepository = (runnerGroupId: number): Verdict =>
  runnerGroupId === 1
    ? passed('none: the runners are a repository’s own')
    : failed('a repository’s own runners have no group', 'Leave runnerGroupId out, or set it to 1.');

/** Whether jobs of the repositories reach runners of the group. */
export const runnerGroupCheck = (options: RunnerGroupCheckOptions): Check => ({
  subject: 'Runner group',
  look: async () => {
    const { target, runnerGroupId, repositories, github } = options;
    if (target.kind === 'repository') return [ofRepository(runnerGroupId)];
    const group = await github.runnerGroup(runnerGroupId);
    if (group === undefined) return [await absent(runnerGroupId, github)];
    const seen = await Promise.all(
      repositories.map(async (repository) => ({
        repository,
        visibility: await github.visibility(repository),
      })),
    );
    return judge(group, seen);
  },
});
