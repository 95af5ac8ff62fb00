import { secondsBetween } from '../../functions/domain/timing.ts';

/** A destroy that has been started is left alone for so long. */
const restartSeconds = 120;

/** When destroys of lives were started. */
export class DestroyAttempts {
  readonly #byLife = new Map<string, Date>();

  note(life: string, now: Date): void {
    this.#byLife.set(life, now);
  }

  /** Whether it is time to start one, for the first time or again. */
  isDue(life: string, now: Date): boolean {
    const last = this.#byLife.get(life);
    return last === undefined || secondsBetween(last, now) >= restartSeconds;
  }
}
