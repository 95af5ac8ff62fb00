import type { GitHubTarget } from '../../functions/adapters/github/github-connection.ts';
import type { Clock } from '../../functions/domain/ports.ts';
import type { Verdict } from '../finding.ts';
import type { GitHubReader, Installation } from '../github-access.ts';
import { appPermissionVerdicts } from './app-permission.ts';
import type { Check } from './check.ts';
import { tokenPermissionVerdicts } from './token-permission.ts';

export interface PermissionCheckOptions {
  readonly target: GitHubTarget;
  readonly github: GitHubReader;
  /** Whether it must read the runs of private repositories. */
  readonly mustReadRuns: boolean;
  /** Try a registration that GitHub must refuse. */
  readonly isWriteTried: boolean;
  readonly clock: Clock;
}

const judgeApp = async (
  { target, github, mustReadRuns }: PermissionCheckOptions,
  installation: Installation,
): Promise<readonly Verdict[]> => {
  const hasRepository =
    target.kind === 'organization' || (await github.isInstalledOn(`${target.owner}/${target.repository}`));
  return appPermissionVerdicts({ target, installation, mustReadRuns, hasRepository });
};

const judgeToken = async ({
  target,
  github,
  isWriteTried,
  clock,
}: PermissionCheckOptions): Promise<readonly Verdict[]> => {
  const reading = await github.readRunners();
  return tokenPermissionVerdicts({
    target,
    reading,
    excess: reading === undefined || reading.scopes !== undefined ? [] : await github.excess(),
    ...(isWriteTried ? { mayRegister: await github.mayRegister() } : {}),
    now: clock(),
  });
};

/** Whether the credential has exactly the needed permission. */
export const permissionCheck = (options: PermissionCheckOptions): Check => ({
  subject: 'GitHub permission',
  look: async () => {
    const installation = await options.github.installation();
    return installation === undefined ? judgeToken(options) : judgeApp(options, installation);
  },
});
