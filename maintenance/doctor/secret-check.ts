import type { CredentialSource } from '../../functions/adapters/github/github-credential.ts';
import { CredentialUnusable } from '../../functions/domain/errors.ts';
import { failed, passed } from '../finding.ts';
import type { Check } from './check.ts';

/** Whether the stack's secret holds a credential, of whatever worth. */
export const secretCheck = (secret: Pick<CredentialSource, 'read'>): Check => ({
  subject: 'GitHub secret',
  look: async () => {
    try {
      const { kind } = await secret.read();
      return [passed(kind === 'app' ? 'filled with a GitHub App’s key' : 'filled with a token')];
    } catch (error) {
      if (!(error instanceof CredentialUnusable)) throw error;
      return [failed(error.message, 'npm run fill-secret, as docs/credentials.md says')];
    }
  },
});
