/** How Octokit reaches GitHub: everything that differs between Lambda, `npm start` and a test. */
export interface GitHubConnection {
  /** Absent for github.com. */
  readonly baseUrl?: string;
  /** Absent but in tests, which answer in process. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Whose runners Stint registers: an organisation's, or one repository's. */
export type GitHubTarget =
  | { readonly kind: 'organization'; readonly organization: string }
  | { readonly kind: 'repository'; readonly owner: string; readonly repository: string };
