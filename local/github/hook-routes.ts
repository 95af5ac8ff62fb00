import type { AccountRoute } from './account-route.ts';
import type { FakeHook, GitHubAccount } from './github-account.ts';
import { json, problem } from './github-answer.ts';
import { nodeId, userBody } from './repository-body.ts';
import type { FakeDelivery } from './webhook.ts';

const date = '2026-01-01T00:00:00Z';

const appJson = ({ owner, hook, installation }: GitHubAccount) => ({
  id: 1,
  slug: 'stint',
  node_id: nodeId('A', 1),
  owner: userBody(owner),
  name: 'Stint',
  description: null,
  external_url: 'https://example.org',
  html_url: 'https://github.com/apps/stint',
  created_at: date,
  updated_at: date,
  permissions: installation.permissions,
  events: hook?.events ?? [],
});

const configJson = (hook: FakeHook | undefined) => ({
  content_type: hook?.contentType ?? 'form',
  insecure_ssl: hook?.isInsecure === true ? '1' : '0',
  ...(hook === undefined ? {} : { secret: '********', url: hook.url }),
});

const sendingJson = ({ id, guid, deliveredAt, isRedelivery, action, statusCode }: FakeDelivery) => ({
  id,
  guid,
  delivered_at: deliveredAt.toISOString(),
  redelivery: isRedelivery,
  duration: 0.2,
  status: statusCode === 0 ? 'failed to connect to host' : String(statusCode),
  status_code: statusCode,
  event: 'workflow_job',
  action,
  installation_id: 1,
  repository_id: 1,
  throttled_at: null,
});

const mostListed = 100;

const appRoute = (
  operation: string,
  path: RegExp,
  answer: AccountRoute['answer'],
  method = 'GET',
): AccountRoute => ({ operation, method, path, by: 'app', answer });

/** What an App reads of its own webhook (https://docs.github.com/rest/apps/webhooks). Newest first; one page is enough here. */
export const hookRoutes: readonly AccountRoute[] = [
  appRoute('GetApp', /^\/app$/, (account) => json(200, appJson(account))),
  appRoute('GetHookConfig', /^\/app\/hook\/config$/, ({ hook }) => json(200, configJson(hook))),
  appRoute('ListHookDeliveries', /^\/app\/hook\/deliveries$/, ({ hook }) =>
    json(200, (hook?.webhook.deliveries ?? []).toReversed().slice(0, mostListed).map(sendingJson)),
  ),
  appRoute(
    'RedeliverHookDelivery',
    /^\/app\/hook\/deliveries\/(\d+)\/attempts$/,
    ({ hook }, [, id]) =>
      hook?.webhook.redeliver(Number(id)) === true ? json(202, {}) : problem(404, 'Not Found'),
    'POST',
  ),
];
