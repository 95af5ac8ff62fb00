import type {
  CredentialSource,
  GitHubCredential,
} from '../../functions/adapters/github/github-credential.ts';

/** A credential that was read once is of use until the command ends, also when its secret has been removed. */
export const keptCredential = (source: CredentialSource): CredentialSource => {
  let kept: GitHubCredential | undefined;
  return {
    read: async () => {
      kept ??= await source.read();
      return kept;
    },
    forget: () => {
      kept = undefined;
      source.forget();
    },
  };
};
