import { callerIdentity } from '../adapters/caller-identity.ts';
import { cloudFormationStacks } from '../adapters/stacks.ts';
import type { Finding } from '../finding.ts';
import type { Surroundings } from '../surroundings.ts';
import { awsSection } from './aws-section.ts';
import { ComesFirst } from './check.ts';
import { type GitHubSectionOptions, githubSection } from './github-section.ts';
import { once } from './once.ts';
import { examine } from './section.ts';
import { stackSection } from './stack-section.ts';

/** Looks at everything that a deployment needs, and changes nothing. */
export const doctor = (
  surroundings: Surroundings,
  options: GitHubSectionOptions,
): Promise<readonly Finding[]> => {
  const { config, aws } = surroundings;
  const identity = once(() => callerIdentity(aws));
  const stack = once(async () => {
    if ((await identity()) === undefined) throw new ComesFirst('AWS comes first');
    return cloudFormationStacks(aws).read(config.stackName);
  });
  return examine([
    awsSection(surroundings, identity),
    stackSection(surroundings, stack),
    githubSection(surroundings, stack, options),
  ]);
};
