import { Problem } from '../api/problem.ts';
import type { SeatPool } from './seats.ts';

/** A runner lives for an hour at most, and most for minutes. */
const capRetrySeconds = 60;

export const capName = 'cap';

/** The deployment's cap on live runners. A runner of a large class takes several seats. */
export const capPool = (cap: number): SeatPool => ({
  name: capName,
  seats: cap,
  refusal: (live) =>
    new Problem(
      'limit-reached',
      `${live} of this deployment's ${cap} seats for live runners are taken${live < cap ? ', and a runner of this class needs more than are left' : ''}. ` +
        'Ask again when others have ended, or destroy runners that are not needed.',
      { rule: 'live-runner-cap', retryAfterSeconds: capRetrySeconds },
    ),
});
