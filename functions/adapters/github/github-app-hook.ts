import type { AppHook, Sending } from '../../domain/webhook/redeliver.ts';
import { type AppCredential, asApp } from './as-app.ts';
import type { GitHubConnection } from './github-connection.ts';
import { githubStatus } from './github-errors.ts';

/** Three hours of a busy deployment; of more only the newest are worth a request. */
const mostPages = 5;

/**
 * The App's webhook (https://docs.github.com/rest/apps/webhooks): its calls take the App's JWT and no permission. An App
 * without one has sent nothing.
 */
export const githubAppHook = (connection: GitHubConnection, credential: AppCredential): AppHook => {
  const call = asApp(connection, credential);
  return {
    sent: (since) =>
      call('list webhook deliveries', async (octokit) => {
        let pages = 0;
        const all = { per_page: 100 };
        const sent = await octokit
          .paginate('GET /app/hook/deliveries', all, ({ data }, done) => {
            pages += 1;
            const oldest = data.at(-1);
            if (pages >= mostPages || oldest === undefined || new Date(oldest.delivered_at) < since) done();
            return data;
          })
          .catch((error: unknown) => {
            if (githubStatus(error) === 404) return [];
            throw error;
          });
        return sent
          .map(
            ({ id, guid, event, delivered_at, status_code }): Sending => ({
              id: Number(id),
              guid,
              event,
              deliveredAt: new Date(delivered_at),
              statusCode: status_code,
            }),
          )
          .filter(({ deliveredAt }) => deliveredAt >= since);
      }),
    sendAgain: (id) =>
      call('redeliver', async (octokit) => {
        await octokit.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: id });
      }),
  };
};
