import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type AwsConnection, clientConfiguration } from '../../functions/adapters/aws/aws-connection.ts';
import { asAws, awsCode } from '../../functions/adapters/aws/aws-errors.ts';

export interface CallerIdentity {
  readonly account: string;
  readonly arn: string;
}

/** What the SDK and STS answer when there are no credentials, or none that are valid any more. */
const useless: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/**
 * Who the credentials belong to, `undefined` when they are of no use. Asking needs no permission
 * (https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html).
 */
export const callerIdentity = (connection: AwsConnection): Promise<CallerIdentity | undefined> =>
  asAws('GetCallerIdentity', async () => {
    try {
      const client = new STSClient(clientConfiguration(connection));
      const { Account: account = '', Arn: arn = '' } = await client.send(new GetCallerIdentityCommand({}));
      return { account, arn };
    } catch (error) {
      if (useless.has(awsCode(error))) return undefined;
      throw error;
    }
  });
