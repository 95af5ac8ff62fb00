import type { AwsAccount } from '../aws/account.ts';
import type { FakeStack } from '../aws/cloudformation/state.ts';
import type { ParameterStore } from '../aws/parameter-store/protocol.ts';
import { bootstrapParameter } from '../aws/parameter-store/register.ts';
import type { Secrets } from '../aws/secrets-manager/protocol.ts';
import type { FakeRunnerGroup, GitHubAccount, Permissions } from '../github/github-account.ts';

/** What can be made different about the account, the stack and the credential; what is absent stays as it is. */
export interface AccountChange {
  /** All the service-linked roles that there are. */
  readonly serviceRoles?: readonly string[];
  /** Quotas by `<service>/<code>`. */
  readonly quotas?: Readonly<Record<string, number>>;
  readonly zones?: readonly string[];
  /** The zones in which instance types are offered. */
  readonly offeredIn?: Readonly<Record<string, readonly string[]>>;
  /** 0: the region is not bootstrapped. */
  readonly bootstrapVersion?: number;
  /** Parameters of Systems Manager. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** CloudFormation's word for how the stack stands. */
  readonly stackStatus?: string;
  /** What the stack's secret holds; empty for one that was never filled. */
  readonly secret?: string;
  readonly tokenPermissions?: Permissions;
  readonly tokenScopes?: readonly string[];
  readonly tokenExpiresAt?: Date;
  readonly runnerGroup?: Partial<Omit<FakeRunnerGroup, 'id'>>;
  readonly repositories?: Readonly<Record<string, 'public' | 'private' | 'absent'>>;
}

export interface ChangeableAccount {
  readonly account: AwsAccount;
  readonly githubAccount: GitHubAccount;
  readonly deployed: FakeStack;
  readonly parameters: ParameterStore;
  readonly secrets: Secrets;
  readonly secretArns: readonly string[];
}

const changeAws = ({ account, parameters }: ChangeableAccount, change: AccountChange): void => {
  const { serviceRoles, quotas = {}, zones, offeredIn = {}, bootstrapVersion } = change;
  if (serviceRoles !== undefined) {
    account.serviceRoles.clear();
    for (const role of serviceRoles) account.serviceRoles.add(role);
  }
  for (const [key, value] of Object.entries(quotas)) account.quotas.applied.set(key, value);
  for (const [type, where] of Object.entries(offeredIn)) account.offeredIn.set(type, where);
  if (zones !== undefined) account.zones = zones;
  if (bootstrapVersion === 0) parameters.delete(bootstrapParameter);
  else if (bootstrapVersion !== undefined) parameters.put(bootstrapParameter, String(bootstrapVersion));
};

const changeStack = (
  { deployed, parameters, secrets, secretArns }: ChangeableAccount,
  { stackStatus, secret, parameters: values = {} }: AccountChange,
): void => {
  if (stackStatus !== undefined) deployed.status = stackStatus;
  for (const [name, value] of Object.entries(values)) parameters.put(name, value);
  if (secret !== undefined)
    for (const arn of secretArns) secrets.put(arn, secret === '' ? undefined : secret);
};

const changeGitHub = ({ githubAccount }: ChangeableAccount, change: AccountChange): void => {
  const { tokenPermissions, tokenScopes, tokenExpiresAt, runnerGroup = {}, repositories = {} } = change;
  const { token } = githubAccount;
  if (tokenPermissions !== undefined) token.permissions = tokenPermissions;
  if (tokenScopes !== undefined) token.scopes = tokenScopes;
  if (tokenExpiresAt !== undefined) token.expiresAt = tokenExpiresAt;
  for (const group of githubAccount.runnerGroups) Object.assign(group, runnerGroup);
  for (const [name, visibility] of Object.entries(repositories))
    if (visibility === 'absent') githubAccount.repositories.delete(name.toLowerCase());
    else githubAccount.repositories.set(name.toLowerCase(), visibility === 'private');
};

/** Makes something different about what a maintainer looks at. */
export const changeAccount = (changeable: ChangeableAccount, change: AccountChange): void => {
  changeAws(changeable, change);
  changeStack(changeable, change);
  changeGitHub(changeable, change);
};
