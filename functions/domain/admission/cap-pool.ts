import { Problem } from '../api/problem.ts';
import type { SeatPool } from './seats.ts';

/** A runner lives for an hour at most, and most for minutes. */
const capRetrySeconds = 60;

export const capName = 'cap';

/** The deployment's cap on live runners. */
export const capPool = (cap: number): SeatPool => ({
  name: capName,
  seats: cap,
  refusal: (live) =>
    new Problem(
      'limit-reached',
      `${live} runners are live, of ${cap} that this deployment allows. ` +
        'Ask again when others have ended, or destroy runners that are not needed.',
      { rule: 'live-runner-cap', retryAfterSeconds: capRetrySeconds },
    ),
});
