import { Places } from '../rations/places.ts';
import type { RationKeeper, RationUse } from '../rations/ration-use.ts';
import type { WireResponse } from '../wire/wire.ts';
import { problem } from './github-answer.ts';

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
export const pointsAMinute = 900;
const concurrentRequests = 100;
const minuteMs = 60_000;

/** How long GitHub takes for an answer at least, as far as it counts for what goes on at once. */
const answerMs = 100;

const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

/** The answer to a caller who asks for too much at once; 403 and 429 mean the same. */
export const secondaryRateLimit = (retryAfterSeconds = 60, status: 403 | 429 = 403): WireResponse =>
  problem(status, message, { 'retry-after': String(retryAfterSeconds) });

const pointsOf = (method: string): number => (['GET', 'HEAD', 'OPTIONS'].includes(method) ? 1 : 5);

/**
 * GitHub's limits on the requests of a minute and of a moment, for one App with all its tokens. Limits on what
 * creates content are not here: a runner and its configuration are no content that others see.
 */
export class SecondaryLimits implements RationKeeper {
  readonly #places: Places;
  readonly #spent: { readonly at: number; readonly points: number }[] = [];
  #points = pointsAMinute;
  readonly #counts = { points: { total: 0, refused: 0 }, places: { total: 0, refused: 0 } };

  constructor(isHeldToEnd = true) {
    this.#places = new Places({ size: concurrentRequests, leastMs: answerMs, isHeldToEnd });
  }

  /** Counts a request; gives the answer that refuses it, or what tells that it has its answer. */
  take(method: string): { readonly refusal: WireResponse } | { readonly leave: () => void } {
    const points = pointsOf(method);
    const { points: ofMinute, places: ofMoment } = this.#counts;
    ofMinute.total += 1;
    ofMoment.total += 1;
    if (this.#left < points) {
      ofMinute.refused += 1;
      return { refusal: secondaryRateLimit(this.#secondsUntil(points)) };
    }
    const leave = this.#places.take();
    if (leave === undefined) {
      ofMoment.refused += 1;
      return { refusal: secondaryRateLimit(1, 429) };
    }
    this.#spent.push({ at: Date.now(), points });
    this.#points -= points;
    return { leave };
  }

  report(): readonly RationUse[] {
    const { points, places } = this.#counts;
    const { free: tokens, size } = this.#places;
    return [
      { service: 'github', operation: 'points a minute', tokens: this.#left, size: pointsAMinute, ...points },
      { service: 'github', operation: 'concurrent requests', tokens, size, ...places },
    ];
  }

  get #left(): number {
    const since = Date.now() - minuteMs;
    for (let [first] = this.#spent; first !== undefined && first.at <= since; [first] = this.#spent) {
      this.#points += first.points;
      this.#spent.shift();
    }
    return this.#points;
  }

  #secondsUntil(points: number): number {
    let left = this.#left;
    for (const spent of this.#spent) {
      left += spent.points;
      if (left >= points) return Math.max(1, Math.ceil((spent.at + minuteMs - Date.now()) / 1_000));
    }
    return minuteMs / 1_000;
  }
}
