import { failed, passed, type Verdict, warning } from '../finding.ts';
import type { Check } from './check.ts';

const judge = async (url: string, response: Response): Promise<Verdict> => {
  const { status, headers } = response;
  const text = (await response.text()).slice(0, 200).replaceAll(/\s+/g, ' ');
  const type = headers.get('content-type') ?? '';
  if (status === 404 && type.startsWith('application/problem+json')) return passed(`${url} answers`);
  if (status === 429)
    return warning(
      `${url} answers 429: it is being asked too much, or its throttle is closed`,
      'Run doctor again in a minute.',
    );
  return failed(
    `${url} answers ${status}: ${text}`,
    'The log group of show-runners says why; docs/operating.md has the queries.',
  );
};

/** Whether the endpoint answers, all the way through its function: it is asked for a label that nobody has. */
export const endpointCheck = (
  endpoint: string,
  labelPrefix: string,
  fetch: typeof globalThis.fetch,
): Check => ({
  subject: 'Endpoint',
  look: async () => {
    try {
      return [await judge(endpoint, await fetch(`${endpoint}/runners/${labelPrefix}doctor`))];
    } catch (error) {
      const reason =
        error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      return [
        failed(`${endpoint} cannot be reached: ${reason}`, 'See whether this machine reaches the internet.'),
      ];
    }
  },
});
