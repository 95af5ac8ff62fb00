import type { CloudBase } from '../cloud-base.ts';
import { firstRun } from '../control/controlled-cloud.ts';
import type { Stack } from '../template/stack.ts';
import { githubAccountService } from './account-service.ts';
import type { DeployedCredential } from './deployed-credential.ts';
import { GitHubAccount } from './github-account.ts';
import { githubService } from './protocol.ts';
import { GitHub } from './state.ts';

/** The repository whose workflow runs GitHub knows. */
const configuredRepository = 'rr-debugger/rr';

const runnerGroupIdsOf = ({ functions }: Stack): readonly number[] => [
  ...new Set(functions.map(({ environment }) => Number(environment['RUNNER_GROUP_ID'] ?? 1))),
];

const accountOf = ({ functions }: Stack, runnerGroupIds: readonly number[]): GitHubAccount => {
  const targets = functions.flatMap(({ environment }) => environment['TARGET'] ?? []);
  const [owner = ''] = configuredRepository.split('/');
  return new GitHubAccount(targets[0] ?? owner, [configuredRepository], runnerGroupIds);
};

const limitsOf = ({ rations: { limits, secondary } }: CloudBase) => ({
  limits,
  ...(secondary === undefined ? {} : { secondary }),
});

/** GitHub, which knows one run from the start, and the account that the deployment is for. */
export const registerGitHub = (
  cloud: CloudBase,
  { tokens, app }: DeployedCredential,
): { readonly github: GitHub; readonly githubAccount: GitHubAccount } => {
  const github = new GitHub({
    ...cloud.options.github,
    onJob: (job) => {
      cloud.options.github?.onJob?.(job);
      cloud.jobs.tell(job);
    },
  });
  github.putRun({ id: firstRun, repository: configuredRepository, status: 'in_progress', runAttempt: 1 });
  const runnerGroupIds = runnerGroupIdsOf(cloud.stack);
  const githubAccount = accountOf(cloud.stack, runnerGroupIds);
  const runners = githubService({ github, tokens, runnerGroupIds, app, ...limitsOf(cloud) });
  cloud.serve(githubAccountService(runners, githubAccount, tokens));
  return { github, githubAccount };
};
