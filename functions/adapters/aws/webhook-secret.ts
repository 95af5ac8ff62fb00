import { AwsRefused } from '../../domain/errors.ts';
import type { WebhookSecretReader } from '../../domain/webhook/authenticity.ts';
import type { AwsConnection } from './aws-connection.ts';
import { secretText } from './secret-text.ts';

/** The webhook's secret, which the stack has made. Without one no delivery can be told from a forged one. */
export const webhookSecretReader = (connection: AwsConnection, secretArn: string): WebhookSecretReader => ({
  secret: async () => {
    const text = await secretText(connection, secretArn);
    if (text === undefined || text === '') throw new AwsRefused('The secret of the webhook is empty.');
    return text;
  },
});
