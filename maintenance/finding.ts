/** How something that was looked at stands: only `fail` keeps a deployment from working. */
export type Mark = 'pass' | 'warning' | 'fail' | 'skipped';

/** What was seen, and for whatever did not pass, what to do. */
export type Verdict =
  | { readonly mark: 'pass' | 'skipped'; readonly says: string }
  | { readonly mark: 'warning' | 'fail'; readonly says: string; readonly todo: string };

export type Finding = Verdict & { readonly subject: string };

export const passed = (says: string): Verdict => ({ mark: 'pass', says });

/** Not looked at, because it does not exist yet or is not asked for. */
export const skipped = (says: string): Verdict => ({ mark: 'skipped', says });

/** It works, but not as it should, or it cannot be seen. */
export const warning = (says: string, todo: string): Verdict => ({ mark: 'warning', says, todo });

/** It keeps runners from starting, or a deployment from being made. */
export const failed = (says: string, todo: string): Verdict => ({ mark: 'fail', says, todo });
