import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/**
 * The secret with which GitHub signs its deliveries, made by Secrets Manager, so that nobody has to think one up, and it
 * stands in no template. Letters and digits, for a person takes it to GitHub's form.
 */
export const webhookSecret = (scope: Construct, id: string): CfnSecret => {
  const secret = new CfnSecret(scope, id, {
    description: 'Signs the deliveries of the GitHub App’s webhook; npm run webhook shows it',
    generateSecretString: { passwordLength: 48, excludePunctuation: true },
  });
  secret.applyRemovalPolicy(RemovalPolicy.DESTROY);
  return secret;
};
