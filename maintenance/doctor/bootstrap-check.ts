import type { Config } from '../../infra/config.ts';
import { failed, passed } from '../finding.ts';
import type { Check } from './check.ts';

/** What `cdk bootstrap` leaves, and `cdk deploy` looks for (https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html). */
const versionParameter = '/cdk-bootstrap/hnb659fds/version';

/** The oldest that can take the stack's assets: aws-cdk-lib's DefaultStackSynthesizer. */
const oldestVersion = 6;

/** Whether the region is prepared for deployments with CDK. */
export const bootstrapCheck = (
  { region }: Config,
  parameter: (name: string) => Promise<string | undefined>,
): Check => ({
  subject: 'CDK bootstrap',
  look: async () => {
    const version = Number((await parameter(versionParameter)) ?? 0);
    if (version >= oldestVersion) return [passed(`version ${version}`)];
    const says = version === 0 ? `${region} is not bootstrapped` : `version ${version} is too old`;
    return [failed(says, `npx cdk bootstrap aws://ACCOUNT/${region}, with the account of the first line`)];
  },
});
