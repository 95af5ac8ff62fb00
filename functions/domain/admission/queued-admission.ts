import type { Architecture } from '../architecture.ts';
import { requireClass } from '../machine-class.ts';
import type { RunAttempt, RunState } from '../workflow-run.ts';
import type { Admission, AdmissionRule } from './admission.ts';
import type { Pools } from './pools.ts';
import { runPool } from './run-pool.ts';
import { requireOwnHead } from './run-verdict.ts';
import type { SeatPool } from './seats.ts';
import type { VerifiedSettings } from './verified-admission.ts';

/**
 * Admission for a job that GitHub shows as queued: nobody asks whether its run is active, and the cap is all its own. What
 * a run may have is what it may have whoever asks for it.
 */
export const queuedAdmission = (
  rules: readonly AdmissionRule[],
  state: RunAttempt & RunState,
  cap: SeatPool,
  { classes, labelPrefix }: Pick<VerifiedSettings, 'classes' | 'labelPrefix'>,
): Admission => ({
  screen: () => undefined,
  admit: async (request) => {
    for (const rule of rules) await rule.admit(request);
    const machineClass = requireClass(classes, request.class);
    requireOwnHead(state, state, request.class, machineClass);
    const { perRun, seats } = machineClass;
    const pools = (architecture: Architecture): Pools => {
      const ofRun = runPool(request, architecture, perRun, labelPrefix);
      return { cap, capSeats: seats, others: ofRun === undefined ? [] : [ofRun] };
    };
    const { repository, id, attempt } = state;
    return { run: { repository, id, attempt }, pools };
  },
});
