import type { WireResponse } from '../wire/wire.ts';
import type { GitHubAccount, Level } from './github-account.ts';

export interface AccountRoute {
  readonly operation: string;
  /** GET unless told otherwise. */
  readonly method?: string;
  readonly path: RegExp;
  /** Who may ask: the App itself, with a JWT, or a token that has the permission; absent when any token may. */
  readonly by: 'app' | 'token';
  readonly needs?: readonly [permission: string, level: Level];
  readonly answer: (
    account: GitHubAccount,
    match: readonly string[],
    mayRead: (permission: string) => boolean,
  ) => WireResponse;
}
