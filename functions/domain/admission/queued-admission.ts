import type { Architecture } from '../architecture.ts';
import { requireClass } from '../machine-class.ts';
import type { RunAttempt } from '../workflow-run.ts';
import type { Admission, AdmissionRule } from './admission.ts';
import type { Pools } from './pools.ts';
import { runPool } from './run-pool.ts';
import type { SeatPool } from './seats.ts';
import type { VerifiedSettings } from './verified-admission.ts';

/**
 * Admission for a job that GitHub shows as queued: nobody asks whether its run is active, and the cap is all its own. What
 * a run may have is what it may have whoever asks for it.
 */
export const queuedAdmission = (
  rules: readonly AdmissionRule[],
  run: RunAttempt,
  cap: SeatPool,
  { classes, labelPrefix }: Pick<VerifiedSettings, 'classes' | 'labelPrefix'>,
): Admission => ({
  screen: () => undefined,
  admit: async (request) => {
    for (const rule of rules) await rule.admit(request);
    const { perRun, seats } = requireClass(classes, request.class);
    const pools = (architecture: Architecture): Pools => {
      const ofRun = runPool(request, architecture, perRun, labelPrefix);
      return { cap, capSeats: seats, others: ofRun === undefined ? [] : [ofRun] };
    };
    return { run, pools };
  },
});
