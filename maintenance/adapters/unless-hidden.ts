import { githubStatus } from '../../functions/adapters/github/github-errors.ts';

/** `undefined` for what GitHub does not show: 403 and 404 are the same to a credential that may not see it. */
export const unlessHidden = async <T>(call: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await call();
  } catch (error) {
    if ([403, 404].includes(githubStatus(error) ?? 0)) return undefined;
    throw error;
  }
};
