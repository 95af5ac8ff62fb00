/** How something that was looked at stands: only `broken` keeps a deployment from working. */
export type Mark = 'well' | 'warning' | 'broken' | 'skipped';

/** What was seen, and for whatever is not well, what to do. */
export type Verdict =
  | { readonly mark: 'well' | 'skipped'; readonly says: string }
  | { readonly mark: 'warning' | 'broken'; readonly says: string; readonly todo: string };

export type Finding = Verdict & { readonly subject: string };

export const well = (says: string): Verdict => ({ mark: 'well', says });

/** Not looked at, because it does not exist yet or is not asked for. */
export const skipped = (says: string): Verdict => ({ mark: 'skipped', says });

/** It works, but not as it should, or it cannot be seen. */
export const warning = (says: string, todo: string): Verdict => ({ mark: 'warning', says, todo });

/** It keeps runners from starting, or a deployment from being made. */
export const broken = (says: string, todo: string): Verdict => ({ mark: 'broken', says, todo });
