import type { GitHubTarget } from '../../functions/adapters/github/github-connection.ts';
import { failed, passed, type Verdict, warning } from '../finding.ts';
import type { AccessLevel, Installation } from '../github-access.ts';
import { neededPermission, type PermissionName, settingsWords } from './needed-permission.ts';

export interface AppSurroundings {
  readonly target: GitHubTarget;
  readonly installation: Installation;
  /** Whether it must read the runs of a private repository. */
  readonly mustReadRuns: boolean;
  /** Of the target, when that is a repository: whether the installation has it. */
  readonly hasRepository: boolean;
}

const where =
  'GitHub → the App’s settings → Permissions & events, and then accept the change where it is installed';

const ownerOf = (target: GitHubTarget): string =>
  target.kind === 'organization' ? target.organization : target.owner;

/** Every App has `metadata: read`, which cannot be taken away. */
const allowed = (needed: PermissionName, mustReadRuns: boolean): Readonly<Record<string, AccessLevel>> => ({
  metadata: 'read',
  [needed]: 'write',
  ...(mustReadRuns ? { actions: 'read' } : {}),
});

const excessIn = (given: Installation['permissions'], taken: Readonly<Record<string, AccessLevel>>) =>
  Object.entries(given)
    .filter(([name, level]) => taken[name] === undefined || (taken[name] === 'read' && level !== 'read'))
    .map(([name, level]) => `${name}: ${level}`);

const misplaced = ({ target, installation, hasRepository }: AppSurroundings): Verdict | undefined => {
  const { account, isSuspended } = installation;
  const owner = ownerOf(target);
  if (account.toLowerCase() !== owner.toLowerCase())
    return failed(
      `the installation is ${account}'s, and not ${owner}'s`,
      `Install the App on ${owner}, and use that installation's id.`,
    );
  if (isSuspended)
    return failed(
      'the installation is suspended',
      `GitHub → ${owner} → Settings → GitHub Apps → Configure → Unsuspend`,
    );
  if (target.kind === 'repository' && !hasRepository)
    return failed(
      `the installation does not have ${target.owner}/${target.repository}`,
      `GitHub → ${owner} → Settings → GitHub Apps → Configure → Repository access → add the repository`,
    );
  return undefined;
};

const breadth = ({ target, installation }: AppSurroundings): readonly Verdict[] =>
  target.kind === 'repository' && installation.repositories === 'all'
    ? [
        warning(
          'the App may administer every repository of its owner',
          'GitHub → Settings → GitHub Apps → Configure → Repository access → Only select repositories',
        ),
      ]
    : [];

/** Whether an App's installation has what is needed, and nothing else. */
export const appPermissionVerdicts = (surroundings: AppSurroundings): readonly Verdict[] => {
  const { target, installation, mustReadRuns } = surroundings;
  const wrongPlace = misplaced(surroundings);
  if (wrongPlace !== undefined) return [wrongPlace];
  const needed = neededPermission(target);
  const { permissions } = installation;
  if (permissions[needed] !== 'write' && permissions[needed] !== 'admin')
    return [failed(`the App lacks ${settingsWords(target)}`, where)];
  if (mustReadRuns && permissions['actions'] === undefined)
    return [
      failed(
        'the App cannot read the runs of a private repository',
        `Add Repository permissions → Actions: Read-only: ${where}`,
      ),
    ];
  const excess = excessIn(permissions, allowed(needed, mustReadRuns));
  if (excess.length > 0)
    return [
      warning(`the App has more than it needs: ${excess.join(', ')}`, `Take it away: ${where}`),
      ...breadth(surroundings),
    ];
  return [passed(`the App has ${settingsWords(target)}, and no more`), ...breadth(surroundings)];
};
