import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/**
 * The GitHub credential's place, empty: the README has the command that fills it. CDK's `Secret` always
 * generates a value, which would look like a credential and be none.
 */
export const githubSecret = (scope: Construct, id: string): CfnSecret => {
  const secret = new CfnSecret(scope, id, {
    description: 'The GitHub App or token with which Stint registers runners',
  });
  secret.applyRemovalPolicy(RemovalPolicy.DESTROY);
  return secret;
};
