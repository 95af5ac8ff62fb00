import { writeSecret } from '../adapters/secret-writer.ts';
import { cloudFormationStacks } from '../adapters/stacks.ts';
import { requireAws } from '../require-aws.ts';
import { NothingThere } from '../run-command.ts';
import { outputsOf } from '../stack.ts';
import type { Surroundings } from '../surroundings.ts';
import { type GivenCredential, readCredential } from './credential-text.ts';

const secretArnOf = async (surroundings: Surroundings): Promise<string> => {
  const { aws, config } = surroundings;
  await requireAws(surroundings);
  const stack = await cloudFormationStacks(aws).read(config.stackName);
  const outputs = stack === undefined ? undefined : outputsOf(stack);
  if (outputs === undefined)
    throw new NothingThere(
      `There is no stack ${config.stackName} of Stint’s in ${config.region}. Deploy first: npm run deploy`,
    );
  return outputs.githubSecretArn;
};

/** Fills the stack's secret. Throws CredentialUnusable for what is no credential; nothing is written then. */
export const fillSecret = async (
  surroundings: Surroundings,
  given: GivenCredential,
): Promise<{ readonly kind: 'app' | 'token'; readonly secretArn: string }> => {
  const { credential, secret } = readCredential(given);
  const secretArn = await secretArnOf(surroundings);
  await writeSecret(surroundings.aws, secretArn, secret);
  return { kind: credential.kind, secretArn };
};
