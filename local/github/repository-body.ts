/** What GitHub links from a repository, as templates under its own URL. */
const repositoryLinks = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
} as const;

const userLinks = {
  events_url: '/events{/privacy}',
  followers_url: '/followers',
  following_url: '/following{/other_user}',
  gists_url: '/gists{/gist_id}',
  organizations_url: '/orgs',
  received_events_url: '/received_events',
  repos_url: '/repos',
  starred_url: '/starred{/owner}{/repo}',
  subscriptions_url: '/subscriptions',
} as const;

const linked = (url: string, links: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(links).map(([name, template]) => [name, `${url}${template}`]));

/** The same number for the same text. */
const numberOf = (text: string): number =>
  [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000, 7);

/** An opaque id of GitHub's, the same for the same thing. */
export const nodeId = (kind: string, id: number): string => Buffer.from(`${kind}${id}`).toString('base64url');

/** An account (the schema `simple-user`). */
export const userBody = (login: string) => {
  const url = `https://api.github.com/users/${login}`;
  return {
    login,
    id: numberOf(login),
    node_id: nodeId('U', numberOf(login)),
    avatar_url: `https://avatars.githubusercontent.com/u/${numberOf(login)}`,
    gravatar_id: '',
    url,
    html_url: `https://github.com/${login}`,
    ...linked(url, userLinks),
    type: 'Organization',
    site_admin: false,
  };
};

/** A repository as other answers hold it (the schema `minimal-repository` of GitHub's description). */
export const repositoryBody = (fullName: string) => {
  const [owner = '', name = ''] = fullName.split('/');
  const url = `https://api.github.com/repos/${fullName}`;
  return {
    id: numberOf(fullName),
    node_id: nodeId('R', numberOf(fullName)),
    name,
    full_name: fullName,
    owner: userBody(owner),
    private: false,
    html_url: `https://github.com/${fullName}`,
    description: null,
    fork: false,
    url,
    ...linked(url, repositoryLinks),
  };
};
