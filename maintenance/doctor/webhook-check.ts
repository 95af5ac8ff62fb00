import { failed, passed, skipped, type Verdict, warning } from '../finding.ts';
import type { AppWebhook, GitHubReader } from '../github-access.ts';
import type { Check } from './check.ts';

export interface WebhookCheckOptions {
  readonly github: Pick<GitHubReader, 'hook'>;
  /** Where the deployment takes deliveries; absent before there is one. */
  readonly url?: string;
}

const withoutOne = 'jobs wait up to a minute for the queue look';

const aboutForm = ({ isJson, isVerifyingTls, events }: AppWebhook): readonly Verdict[] => [
  ...(isJson === false
    ? [failed('the webhook does not send JSON', 'Set its content type to application/json: npm run webhook')]
    : []),
  ...(isVerifyingTls === false
    ? [warning('the webhook does not verify the certificate', 'Enable SSL verification at GitHub.')]
    : []),
  ...(events.includes('workflow_job')
    ? []
    : [
        failed(
          `the App does not subscribe to workflow_job, so ${withoutOne}`,
          'At GitHub: the App → Permissions & events → Subscribe to events → Workflow job. npm run webhook says all of it.',
        ),
      ]),
];

const isTaken = (statusCode: number): boolean => statusCode >= 200 && statusCode < 300;

const aboutDeliveries = ({ deliveries }: AppWebhook): Verdict => {
  const ofJobs = deliveries.filter(({ event }) => event === 'workflow_job');
  const [newest] = ofJobs;
  const lost = ofJobs.filter(({ statusCode }) => !isTaken(statusCode));
  if (newest === undefined) return passed('no job was delivered lately');
  if (isTaken(newest.statusCode))
    return passed(`${ofJobs.length - lost.length} of the last ${ofJobs.length} deliveries were taken`);
  if (newest.statusCode === 401)
    return failed(
      'the last delivery was answered with 401: it is signed with another secret',
      'npm run webhook shows the secret. Put it into the App’s settings at GitHub.',
    );
  return warning(
    `the last delivery was answered with ${newest.statusCode}, and ${lost.length} of the last ${ofJobs.length} were not taken`,
    'The log group of receive-webhook says why; docs/operating.md has the queries.',
  );
};

/** What GitHub's form may have added, or left away. */
const isSameUrl = (one: string, other: string): boolean =>
  URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href;

const judge = (hook: AppWebhook | undefined, url: string | undefined): readonly Verdict[] => {
  if (hook === undefined)
    return [skipped(`no webhook is looked at, for the credential is a token: without one ${withoutOne}`)];
  if (hook.url === undefined)
    return [skipped(`no webhook: ${withoutOne}. npm run webhook says how to set one up`)];
  if (url !== undefined && !isSameUrl(hook.url, url))
    return [
      failed(
        `the webhook goes to ${hook.url}, and this deployment takes deliveries at ${url}`,
        'Correct the webhook’s URL in the App’s settings at GitHub: npm run webhook',
      ),
    ];
  const form = aboutForm(hook);
  return form.length > 0 ? form : [aboutDeliveries(hook)];
};

/** Whether the App's webhook, if it has one, brings what happens to jobs. */
export const webhookCheck = ({ github, url }: WebhookCheckOptions): Check => ({
  subject: 'Webhook',
  look: async () => judge(await github.hook(), url),
});
