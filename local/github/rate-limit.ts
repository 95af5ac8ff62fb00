import type { WireResponse } from '../wire/wire.ts';
import { problem } from './github-answer.ts';

/** For a token of an App or of a person, an hour (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api). */
export const hourlyRequests = 5_000;
const windowMs = 3_600_000;

const seconds = (ms: number): string => String(Math.ceil(ms / 1_000));

const headersOf = (used: number, resetMs: number): Readonly<Record<string, string>> => ({
  'x-ratelimit-limit': String(hourlyRequests),
  'x-ratelimit-remaining': String(Math.max(0, hourlyRequests - used)),
  'x-ratelimit-used': String(used),
  'x-ratelimit-reset': seconds(resetMs),
  'x-ratelimit-resource': 'core',
});

/** The answer to a token whose hour is used up until `resetMs`. */
export const rateLimitExceeded = (resetMs = Date.now() + windowMs): WireResponse =>
  problem(403, 'API rate limit exceeded for installation.', headersOf(hourlyRequests, resetMs));

/** The answer to a caller who asks for too much at once. */
export const secondaryRateLimit = (): WireResponse =>
  problem(403, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', {
    'retry-after': '60',
  });

/** Counts the requests of each token. */
export class RateLimits {
  readonly #windows = new Map<string, { used: number; readonly resetMs: number }>();

  /** Counts one request, and gives the headers of its answer, or the answer that refuses it. */
  take(
    token: string,
  ): { readonly headers: Readonly<Record<string, string>> } | { readonly refusal: WireResponse } {
    const known = this.#windows.get(token);
    const window =
      known === undefined || known.resetMs <= Date.now()
        ? { used: 0, resetMs: Date.now() + windowMs }
        : known;
    this.#windows.set(token, window);
    if (window.used >= hourlyRequests) return { refusal: rateLimitExceeded(window.resetMs) };
    window.used += 1;
    return { headers: headersOf(window.used, window.resetMs) };
  }
}
