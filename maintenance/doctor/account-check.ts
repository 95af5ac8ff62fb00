import type { CallerIdentity } from '../adapters/caller-identity.ts';
import { failed, passed } from '../finding.ts';
import { logIn } from '../require-aws.ts';
import type { Check } from './check.ts';

/** Whether the AWS credentials at hand are good for anything, and whose they are. */
export const accountCheck = (region: string, identity: () => Promise<CallerIdentity | undefined>): Check => ({
  subject: 'AWS',
  look: async () => {
    const caller = await identity();
    if (caller === undefined) return [failed('no credentials, or none that are valid any more', logIn)];
    return [passed(`account ${caller.account}, ${region}, as ${caller.arn.split(':').at(-1)}`)];
  },
});
