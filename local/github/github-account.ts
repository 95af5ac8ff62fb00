import type { Webhook } from './webhook.ts';

export type Level = 'read' | 'write' | 'admin';

/** By the names of GitHub's app-permissions. */
export type Permissions = Readonly<Record<string, Level>>;

export interface FakeRunnerGroup {
  readonly id: number;
  name: string;
  isPublicAllowed: boolean;
  visibility: 'all' | 'selected' | 'private';
  /** Who may use it when it is open to a selection. */
  repositories: readonly string[];
  /** The workflows that it is restricted to; absent when it takes all. */
  workflows?: readonly string[];
}

/** The webhook of an App: its settings, and what it has sent. */
export interface FakeHook {
  url: string;
  contentType: 'json' | 'form';
  isInsecure: boolean;
  events: readonly string[];
  readonly webhook: Pick<Webhook, 'deliveries' | 'redeliver'>;
}

/** What a token is, and what it was given. */
export interface FakeToken {
  /** A classic token's, which has no permissions but these. */
  scopes?: readonly string[];
  expiresAt?: Date;
  permissions: Permissions;
}

export interface FakeInstallation {
  account: string;
  isSuspended: boolean;
  repositories: 'all' | readonly string[];
  permissions: Permissions;
}

/** The permission for a target's runners: a target is `owner`, or `owner/repository`. */
const runnersPermission = (target: string): string =>
  target.includes('/') ? 'administration' : 'organization_self_hosted_runners';

/**
 * What GitHub knows of the target besides its runners and runs, and of the deployment's credential: from the start
 * the credential has the one permission that runners need. All of it can be changed while the cloud runs.
 */
export class GitHubAccount {
  readonly owner: string;
  token: FakeToken;
  installation: FakeInstallation;
  runnerGroups: FakeRunnerGroup[];
  /** The App's webhook; absent for an App that was given none. */
  hook?: FakeHook;
  /** Whether a repository is private, by its full name. */
  readonly repositories: Map<string, boolean>;

  constructor(target: string, repositories: readonly string[], runnerGroupIds: readonly number[]) {
    const [owner = ''] = target.split('/');
    const permissions = { [runnersPermission(target)]: 'write', metadata: 'read' } as const;
    this.owner = owner;
    this.token = { permissions };
    this.installation = { account: owner, isSuspended: false, repositories: [...repositories], permissions };
    this.repositories = new Map(repositories.map((name) => [name.toLowerCase(), false]));
    this.runnerGroups = runnerGroupIds.map((id) => ({
      id,
      name: id === 1 ? 'Default' : `Group ${id}`,
      isPublicAllowed: true,
      visibility: 'all',
      repositories: [],
    }));
  }

  /** Whether the token may do it. A classic token may what its scopes say. */
  may(permission: string, level: Level): boolean {
    const { scopes, permissions } = this.token;
    if (scopes !== undefined) return scopes.includes(permission === 'administration' ? 'repo' : 'admin:org');
    const given = permissions[permission];
    return given === level || (given !== undefined && level === 'read') || given === 'admin';
  }
}
