/** Access that a GitHub permission gives, in GitHub's own words. */
export type AccessLevel = 'read' | 'write' | 'admin';

/** An App's installation, as GitHub describes it. */
export interface Installation {
  readonly account: string;
  readonly isSuspended: boolean;
  /** Whether it has every repository of the account, or a selection. */
  readonly repositories: 'all' | 'selected';
  /** By GitHub's names, such as `organization_self_hosted_runners`. */
  readonly permissions: Readonly<Record<string, AccessLevel>>;
}

/** What GitHub says of a token, which is not what it may do: GitHub tells nobody that. */
export interface TokenReading {
  /** A classic token's scopes; absent for a fine-grained one, and for an App's. */
  readonly scopes?: readonly string[];
  readonly expiresAt?: Date;
}

/** A permission that Stint has no use for, found by reading what nobody else may. */
export interface Excess {
  /** As GitHub's page for tokens names it. */
  readonly permission: string;
}

/** The webhook of an App, as GitHub describes it. */
export interface AppWebhook {
  /** Absent for an App that was given none. */
  readonly url?: string;
  readonly isJson?: boolean;
  readonly isVerifyingTls?: boolean;
  /** What the App has subscribed to, by GitHub's names. */
  readonly events: readonly string[];
  /** The last ones, newest first. */
  readonly deliveries: readonly {
    readonly event: string;
    readonly deliveredAt: Date;
    /** 0 when nobody answered. */
    readonly statusCode: number;
  }[];
}

export interface RunnerGroup {
  readonly id: number;
  readonly name: string;
  readonly isPublicAllowed: boolean;
  readonly visibility: 'all' | 'selected' | 'private';
  /** The repositories that may use it, when it is open to a selection. */
  readonly repositories?: readonly string[];
  /** The workflows that may use it, when it is restricted to some. */
  readonly workflows?: readonly string[];
}

/** What GitHub shows of a repository; `unseen` is one that is not there, or not shown to this credential. */
export type RepositoryVisibility = 'public' | 'private' | 'unseen';

export interface GitHubReader {
  /** The App's installation; `undefined` when the credential is a token. */
  installation(): Promise<Installation | undefined>;
  /** The App's webhook; `undefined` when the credential is a token. */
  hook(): Promise<AppWebhook | undefined>;
  /** Whether the App's installation has the repository. */
  isInstalledOn(repository: string): Promise<boolean>;
  /** Reads the target's runners, and what GitHub says of the token meanwhile; `undefined` when it may not. */
  readRunners(): Promise<TokenReading | undefined>;
  /** Permissions beyond the needed ones, as far as reading shows them. */
  excess(): Promise<readonly Excess[]>;
  /**
   * Whether the credential may register runners, found by a registration without a name, which GitHub refuses
   * one way or the other.
   */
  mayRegister(): Promise<boolean>;
  runnerGroup(id: number): Promise<RunnerGroup | undefined>;
  runnerGroups(): Promise<readonly { readonly id: number; readonly name: string }[]>;
  visibility(repository: string): Promise<RepositoryVisibility>;
}
