import type { RationUse } from '../rations/ration-use.ts';
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

/** The answer to whoever's hour is used up until `resetMs`. */
export const rateLimitExceeded = (resetMs = Date.now() + windowMs): WireResponse =>
  problem(403, 'API rate limit exceeded for installation.', headersOf(hourlyRequests, resetMs));

interface Window {
  used: number;
  readonly resetMs: number;
}

const newWindow = (): Window => ({ used: 0, resetMs: Date.now() + windowMs });

/** Counts the requests of each holder, an installation or a person, in hours that begin with a first request. */
export class RateLimits {
  readonly #windows = new Map<string, Window>();
  readonly #isEnforced: boolean;
  #total = 0;
  #refused = 0;

  constructor(isEnforced = true) {
    this.#isEnforced = isEnforced;
  }

  /** The answer that refuses a request because the holder's hour is used up. */
  refusal(holder: string): WireResponse | undefined {
    const { used, resetMs } = this.#windowOf(holder);
    if (used < hourlyRequests || !this.#isEnforced) return undefined;
    this.#total += 1;
    this.#refused += 1;
    return rateLimitExceeded(resetMs);
  }

  /** Counts a request, unless it is free, and gives the headers of its answer. */
  count(holder: string, isFree: boolean): Readonly<Record<string, string>> {
    const window = this.#windowOf(holder);
    if (!isFree) {
      window.used += 1;
      this.#total += 1;
    }
    return headersOf(window.used, window.resetMs);
  }

  /** The scarcest hour. */
  report(): RationUse {
    const now = Date.now();
    const used = [...this.#windows.values()].map((window) => (window.resetMs > now ? window.used : 0));
    return {
      service: 'github',
      operation: 'requests an hour',
      tokens: hourlyRequests - Math.max(0, ...used),
      size: hourlyRequests,
      total: this.#total,
      refused: this.#refused,
    };
  }

  #windowOf(holder: string): Window {
    const known = this.#windows.get(holder);
    const window = known === undefined || known.resetMs <= Date.now() ? newWindow() : known;
    this.#windows.set(holder, window);
    return window;
  }
}
