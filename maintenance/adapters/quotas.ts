import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { type AwsConnection, clientConfiguration } from '../../functions/adapters/aws/aws-connection.ts';
import { unlessGone } from '../../functions/adapters/aws/aws-errors.ts';
import type { QuotaReader } from '../doctor/quotas.ts';

/**
 * The account's quotas in the region. One that was never changed can have no value of the account's own; then
 * AWS's default holds (https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html).
 */
export const serviceQuotas = (connection: AwsConnection): QuotaReader => {
  const client = new ServiceQuotasClient(clientConfiguration(connection));
  return {
    quota: async (service, code) => {
      const asked = { ServiceCode: service, QuotaCode: code };
      const absent = ['NoSuchResourceException'];
      const own = await unlessGone('GetServiceQuota', absent, () =>
        client.send(new GetServiceQuotaCommand(asked)),
      );
      const found =
        own ??
        (await unlessGone('GetAWSDefaultServiceQuota', absent, () =>
          client.send(new GetAWSDefaultServiceQuotaCommand(asked)),
        ));
      return found?.Quota?.Value;
    },
  };
};
