import { addSeconds, secondsBetween } from '../../functions/domain/timing.ts';
import type { SurveyedLife } from './survey.ts';

/** A destroy that has been started is left alone for so long. */
const restartSeconds = 120;

/** A forced destroy that has not ended its life's instances after so long does not get on. */
const overdueSeconds = 300;

/** When destroys of lives were started. */
export class DestroyAttempts {
  readonly #byLife = new Map<string, { readonly first: Date; readonly last: Date }>();

  note(life: string, now: Date): void {
    this.#byLife.set(life, { first: this.#byLife.get(life)?.first ?? now, last: now });
  }

  /** Whether it is time to start one, for the first time or again. */
  isDue(life: string, now: Date): boolean {
    const last = this.#byLife.get(life)?.last;
    return last === undefined || secondsBetween(last, now) >= restartSeconds;
  }

  /** Whether the destroy has had time enough to end what costs money, and has not. */
  isOverdue({ life, instances, isProvisioning }: SurveyedLife, now: Date): boolean {
    const first = this.#byLife.get(life)?.first;
    const lives = isProvisioning || instances.some(({ state }) => state !== 'shutting-down');
    return lives && first !== undefined && now >= addSeconds(first, overdueSeconds);
  }
}
