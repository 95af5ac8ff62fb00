import type { AccountRoute } from './account-route.ts';
import type { FakeRunnerGroup, GitHubAccount } from './github-account.ts';
import { json, problem } from './github-answer.ts';
import { hookRoutes } from './hook-routes.ts';
import { repositoryBody, userBody } from './repository-body.ts';
import { wholeRepositoryBody } from './whole-repository-body.ts';

const api = 'https://api.github.com';

const groupJson = (org: string, group: FakeRunnerGroup) => {
  const url = `${api}/orgs/${org}/actions/runner-groups/${group.id}`;
  return {
    id: group.id,
    name: group.name,
    visibility: group.visibility,
    default: group.id === 1,
    runners_url: `${url}/runners`,
    ...(group.visibility === 'selected' ? { selected_repositories_url: `${url}/repositories` } : {}),
    inherited: false,
    allows_public_repositories: group.isPublicAllowed,
    restricted_to_workflows: group.workflows !== undefined,
    selected_workflows: group.workflows ?? [],
  };
};

const installationJson = ({ installation, hook }: GitHubAccount) => ({
  id: 1,
  account: userBody(installation.account),
  repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
  access_tokens_url: `${api}/app/installations/1/access_tokens`,
  repositories_url: `${api}/installation/repositories`,
  html_url: `https://github.com/organizations/${installation.account}/settings/installations/1`,
  app_id: 1,
  app_slug: 'stint',
  target_id: 1,
  target_type: 'Organization',
  permissions: installation.permissions,
  events: hook?.events ?? [],
  single_file_name: null,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  suspended_by: installation.isSuspended ? userBody(installation.account) : null,
  suspended_at: installation.isSuspended ? '2026-01-01T00:00:00Z' : null,
});

const notFound = problem(404, 'Not Found');

const organization = String.raw`^\/orgs\/([^/]+)`;
const repository = String.raw`^\/repos\/([^/]+\/[^/]+)`;

const path = (pattern: string): RegExp => new RegExp(`${pattern}$`);

const selfHostedRunners = ['organization_self_hosted_runners', 'read'] as const;

/** What needs a permission that runners do not: https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens */
const beyond = (pattern: string, operation: string, permission: string, body: unknown): AccountRoute => ({
  operation,
  path: path(pattern),
  by: 'token',
  needs: [permission, 'read'],
  answer: () => json(200, body),
});

const noSecrets = { total_count: 0, secrets: [] };
const noVariables = { total_count: 0, variables: [] };

/** https://docs.github.com/rest/actions/self-hosted-runner-groups and https://docs.github.com/rest/apps/apps */
export const accountRoutes: readonly AccountRoute[] = [
  {
    operation: 'ListRunnerGroups',
    path: path(`${organization}/actions/runner-groups`),
    by: 'token',
    needs: selfHostedRunners,
    answer: ({ runnerGroups }, [, org = '']) =>
      json(200, {
        total_count: runnerGroups.length,
        runner_groups: runnerGroups.map((group) => groupJson(org, group)),
      }),
  },
  {
    operation: 'GetRunnerGroup',
    path: path(`${organization}/actions/runner-groups/(\\d+)`),
    by: 'token',
    needs: selfHostedRunners,
    answer: ({ runnerGroups }, [, org = '', id]) => {
      const group = runnerGroups.find((candidate) => candidate.id === Number(id));
      return group === undefined ? notFound : json(200, groupJson(org, group));
    },
  },
  {
    operation: 'ListRunnerGroupRepositories',
    path: path(`${organization}/actions/runner-groups/(\\d+)/repositories`),
    by: 'token',
    needs: selfHostedRunners,
    answer: ({ runnerGroups, repositories }, [, , id]) => {
      const names = runnerGroups.find((candidate) => candidate.id === Number(id))?.repositories ?? [];
      const listed = names.map((name) => ({
        ...repositoryBody(name),
        private: repositories.get(name.toLowerCase()) ?? false,
      }));
      return json(200, { total_count: listed.length, repositories: listed });
    },
  },
  {
    operation: 'GetRepository',
    path: path(repository),
    by: 'token',
    answer: ({ repositories }, [, fullName = ''], mayRead) => {
      const isPrivate = repositories.get(fullName.toLowerCase());
      const isShown = isPrivate === false || mayRead('actions') || mayRead('administration');
      return isPrivate === undefined || !isShown
        ? notFound
        : json(200, wholeRepositoryBody(fullName, isPrivate));
    },
  },
  {
    operation: 'GetInstallation',
    path: path(String.raw`^\/app\/installations\/(\d+)`),
    by: 'app',
    answer: (account) => json(200, installationJson(account)),
  },
  {
    operation: 'GetRepositoryInstallation',
    path: path(`${repository}/installation`),
    by: 'app',
    answer: (account, [, fullName = '']) => {
      const { repositories } = account.installation;
      const isIn =
        repositories === 'all' || repositories.some((one) => one.toLowerCase() === fullName.toLowerCase());
      return isIn ? json(200, installationJson(account)) : notFound;
    },
  },
  ...hookRoutes,
  beyond(`${organization}/actions/secrets`, 'ListSecrets', 'organization_secrets', noSecrets),
  beyond(`${organization}/actions/variables`, 'ListVariables', 'organization_actions_variables', noVariables),
  beyond(`${organization}/hooks`, 'ListWebhooks', 'organization_hooks', []),
  beyond(`${organization}/actions/permissions`, 'GetActionsPermissions', 'organization_administration', {
    enabled_repositories: 'all',
  }),
  beyond(`${organization}/teams`, 'ListTeams', 'members', []),
  beyond(`${repository}/actions/secrets`, 'ListSecrets', 'secrets', noSecrets),
  beyond(`${repository}/actions/variables`, 'ListVariables', 'actions_variables', noVariables),
  beyond(`${repository}/hooks`, 'ListWebhooks', 'repository_hooks', []),
  beyond(`${repository}/dependabot/alerts`, 'ListDependabotAlerts', 'vulnerability_alerts', []),
];
