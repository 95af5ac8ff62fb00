import type { Octokit } from '../../functions/adapters/github/octokit.ts';
import type { AppWebhook } from '../github-access.ts';
import { unlessHidden } from './unless-hidden.ts';

/** So many deliveries say how the last ones went. */
const lastDeliveries = 30;

/**
 * The App's webhook (https://docs.github.com/rest/apps/webhooks). An App that was never given one has no configuration, or
 * one without an address.
 */
export const appHook = async (octokit: Octokit): Promise<AppWebhook> => {
  const config = await unlessHidden(() => octokit.request('GET /app/hook/config'));
  const url = config?.data.url;
  if (url === undefined || url === '') return { events: [], deliveries: [] };
  const { data: app } = await octokit.request('GET /app');
  const { data } = await octokit.request('GET /app/hook/deliveries', { per_page: lastDeliveries });
  const deliveries = data.map(({ event, delivered_at, status_code }) => ({
    event,
    deliveredAt: new Date(delivered_at),
    statusCode: status_code,
  }));
  const { content_type, insecure_ssl } = config?.data ?? {};
  return {
    url,
    isJson: content_type === 'json',
    isVerifyingTls: String(insecure_ssl ?? '0') === '0',
    events: app?.events ?? [],
    deliveries,
  };
};
