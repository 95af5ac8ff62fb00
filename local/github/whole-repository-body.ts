import { repositoryBody } from './repository-body.ts';

const date = '2026-01-01T00:00:00Z';

const counts = {
  forks: 0,
  forks_count: 0,
  network_count: 0,
  open_issues: 0,
  open_issues_count: 0,
  size: 0,
  stargazers_count: 0,
  subscribers_count: 0,
  watchers: 0,
  watchers_count: 0,
};

const features = {
  has_issues: true,
  has_projects: true,
  has_wiki: true,
  has_pages: false,
  has_discussions: false,
  has_downloads: true,
};

/** A repository that is asked for by its name (the schema `full-repository`). */
export const wholeRepositoryBody = (fullName: string, isPrivate: boolean) => ({
  ...repositoryBody(fullName),
  private: isPrivate,
  visibility: isPrivate ? 'private' : 'public',
  clone_url: `https://github.com/${fullName}.git`,
  git_url: `git://github.com/${fullName}.git`,
  ssh_url: `git@github.com:${fullName}.git`,
  svn_url: `https://github.com/${fullName}`,
  mirror_url: null,
  homepage: null,
  language: null,
  license: null,
  default_branch: 'main',
  archived: false,
  disabled: false,
  ...counts,
  ...features,
  pushed_at: date,
  created_at: date,
  updated_at: date,
});
