import { AwsUnavailable } from '../functions/domain/errors.ts';
import { callerIdentity } from './adapters/caller-identity.ts';
import { NothingThere } from './run-command.ts';
import type { Surroundings } from './surroundings.ts';

/** What to do without credentials that are good for anything. */
export const logIn =
  'Log in as for the AWS command line (aws sso login, aws configure, or AWS_PROFILE), and try "aws sts get-caller-identity".';

/** Throws {@link NothingThere}, in words that a person can act on, unless AWS answers and knows who asks. */
export const requireAws = async ({ aws, local }: Pick<Surroundings, 'aws' | 'local'>): Promise<void> => {
  const caller = await callerIdentity(aws).catch((error: unknown) => {
    if (!(error instanceof AwsUnavailable)) throw error;
    throw new NothingThere(
      local === undefined
        ? `AWS does not answer in ${aws.region} (${error.message}). Check the network and the setting "region".`
        : `Nothing answers at ${local.origin}. Start it in another terminal: npm start`,
    );
  });
  if (caller === undefined)
    throw new NothingThere(`AWS knows no credentials of yours, or they have expired. ${logIn}`);
};
