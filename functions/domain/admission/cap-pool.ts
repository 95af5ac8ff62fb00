import { Problem } from '../api/problem.ts';
import type { SeatPool } from './seats.ts';

/** A runner lives for an hour at most, and most for minutes. */
const capRetrySeconds = 60;

export const capName = 'cap';

const forOthers = (queuedSeats: number): string =>
  queuedSeats === 0 ? '' : ` ${queuedSeats} of them are kept for jobs that GitHub shows as queued.`;

/**
 * The deployment's cap on live runners, of which the first `queuedSeats` are for whom GitHub itself has asked: whoever
 * only calls the API can never have them all.
 */
export const capPool = (cap: number, queuedSeats = 0): SeatPool => ({
  name: capName,
  seats: cap,
  from: queuedSeats,
  refusal: (live) =>
    new Problem(
      'limit-reached',
      `${live} of this deployment's ${cap} seats for live runners are taken${live < cap ? ', and a runner of this class needs more than are left' : ''}.${forOthers(queuedSeats)} ` +
        'Ask again when others have ended, or destroy runners that are not needed.',
      { rule: 'live-runner-cap', retryAfterSeconds: capRetrySeconds },
    ),
});
