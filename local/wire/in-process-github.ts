import type { WireRequest, WireResponse } from './wire.ts';

/** A `fetch` for Octokit that answers in process. */
export const inProcessFetch =
  (send: (request: WireRequest) => Promise<WireResponse>): typeof globalThis.fetch =>
  async (input, init) => {
    const url = new URL(String(input instanceof Request ? input.url : input));
    const headers = Object.fromEntries(
      Object.entries((init?.headers ?? {}) as Record<string, string>).map(([name, value]) => [
        name.toLowerCase(),
        String(value),
      ]),
    );
    const {
      status,
      headers: answered,
      body,
    } = await send({
      method: init?.method ?? 'GET',
      path: `${url.pathname}${url.search}`,
      headers: { ...headers, host: url.host },
      body: typeof init?.body === 'string' ? init.body : '',
    });
    const response = new Response(body === '' ? null : body, { status, headers: answered });
    // Octokit's pagination reads the URL, which a response that was made by hand does not have.
    return Object.defineProperty(response, 'url', { value: url.href });
  };
