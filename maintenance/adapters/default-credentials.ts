import { STSClient } from '@aws-sdk/client-sts';
import type { AwsConnection } from '../../functions/adapters/aws/aws-connection.ts';

/** Whatever the AWS command line would use: variables, profiles, single sign-on; renewed while a command runs. */
export const defaultCredentials = (region: string): AwsConnection['credentials'] => {
  const { credentials } = new STSClient({ region }).config;
  return () => credentials();
};
