import type { GitHubCredential } from '../../functions/adapters/github/github-credential.ts';
import { passed, skipped, type Verdict } from '../finding.ts';
import type { Check } from './check.ts';

/** Where the credential that doctor looks at comes from. */
export interface CredentialOrigin {
  readonly credential: GitHubCredential;
  /** For the report: `the stack's secret`, or a file. */
  readonly from: string;
}

const words = ({ kind }: GitHubCredential): string => (kind === 'app' ? 'a GitHub App' : 'a token');

/** Whether there is a credential to look at. */
export const credentialCheck = (origin: () => Promise<CredentialOrigin | undefined>): Check => ({
  subject: 'GitHub credential',
  look: async (): Promise<readonly Verdict[]> => {
    const found = await origin();
    if (found === undefined)
      return [skipped('none yet. To look at one before the deployment: npm run doctor -- --credential FILE')];
    return [passed(`${words(found.credential)}, from ${found.from}`)];
  },
});
