import { AwsFault, jsonService, type Parameters, textParameter } from '../../wire/aws-json.ts';
import type { CloudService } from '../../wire/wire.ts';

/** A service's quotas by `<service>/<code>`. */
export interface Quotas {
  /** What the account was given. */
  readonly applied: ReadonlyMap<string, number>;
  /** What every account has. */
  readonly defaults: ReadonlyMap<string, number>;
}

/**
 * Service Quotas. An account that was never given a value of its own can have none
 * (https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html).
 */
export const serviceQuotasService = ({ applied, defaults }: Quotas): CloudService => {
  const answer = (values: ReadonlyMap<string, number>) => (parameters: Parameters) => {
    const service = textParameter(parameters, 'ServiceCode');
    const code = textParameter(parameters, 'QuotaCode');
    const value = values.get(`${service}/${code}`);
    if (value === undefined)
      throw new AwsFault(
        'NoSuchResourceException',
        'The request failed because the specified quota does not exist.',
      );
    return { Quota: { ServiceCode: service, QuotaCode: code, Value: value, Adjustable: true } };
  };
  return jsonService('servicequotas', '1.1', {
    GetServiceQuota: answer(applied),
    GetAWSDefaultServiceQuota: answer(defaults),
  });
};
