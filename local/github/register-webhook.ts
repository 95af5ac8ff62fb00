import type { Gateway } from '../aws/api-gateway/gateway.ts';
import type { Secrets } from '../aws/secrets-manager/protocol.ts';
import type { CloudBase } from '../cloud-base.ts';
import type { GitHubAccount } from './github-account.ts';
import type { GitHub } from './state.ts';
import { Webhook } from './webhook.ts';

interface WebhookWorld {
  readonly github: GitHub;
  readonly githubAccount: GitHubAccount;
  readonly gateway: Gateway;
  readonly secrets: Secrets;
  readonly installationId: number;
}

/** The App's webhook, if a maintainer has given it one, with the secret that the stack has made. */
export const registerWebhook = (
  cloud: CloudBase,
  { github, githubAccount, gateway, secrets, installationId }: WebhookWorld,
): Webhook | undefined => {
  const { webhook: options } = cloud.options;
  const [generated] = cloud.stack.generatedSecrets;
  if (options === undefined || generated === undefined) return undefined;
  const webhook = new Webhook({
    github,
    faults: cloud.faults,
    send: options.send ?? (async (request) => (await gateway.request(request)).status),
    secret: () => secrets.get(generated.arn),
    installationId,
  });
  cloud.jobs.add((job) => webhook.tell(job));
  const url = `${cloud.stack.record.outputs['WebhookUrl'] ?? ''}`;
  githubAccount.hook = { url, contentType: 'json', isInsecure: false, events: ['workflow_job'], webhook };
  return webhook;
};
