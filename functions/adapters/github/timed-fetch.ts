/**
 * A `fetch` that gives up after so many milliseconds, and that fails when a body breaks off: Octokit by itself
 * takes what came of it, and a list that broke off for an empty one.
 */
export const timedFetch =
  (fetch: typeof globalThis.fetch, timeoutMs: number): typeof globalThis.fetch =>
  async (input, init) => {
    const response = await fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    await response.clone().arrayBuffer();
    return response;
  };
