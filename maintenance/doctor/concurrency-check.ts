import type { Config } from '../../infra/config.ts';
import { passed, type Verdict, warning } from '../finding.ts';
import type { Check } from './check.ts';
import { lambdaConcurrency, type QuotaReader } from './quotas.ts';

const { service, code } = lambdaConcurrency;

const judge = (concurrency: number, { requestBurst, region }: Config): Verdict => {
  const says = `${concurrency} functions at once, and ${requestBurst} requests at once`;
  if (requestBurst * 2 <= concurrency) return passed(says);
  return warning(
    `${says}: a flood of requests could hold up the clean-up`,
    `Ask for 1000: aws service-quotas request-service-quota-increase --service-code ${service} ` +
      `--quota-code ${code} --desired-value 1000 --region ${region}, or lower requestBurst.`,
  );
};

/**
 * Whether creates and destroys leave at least half of the account's functions to the clean-up. A new account has 10 of them
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 */
export const concurrencyCheck = (config: Config, quotas: QuotaReader): Check => ({
  subject: 'Lambda concurrency',
  look: async () => [judge((await quotas.quota(service, code)) ?? 0, config)],
});
