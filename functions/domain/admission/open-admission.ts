import type { Admission, AdmissionRule } from './admission.ts';
import type { SeatPool } from './seats.ts';

/** Mode `open`: whoever asks gets runners, while the rules let anybody have some, and the cap has a seat. Cheap rules stand first. */
export const openAdmission = (rules: readonly AdmissionRule[], cap: SeatPool): Admission => ({
  screen: () => undefined,
  admit: async (request) => {
    for (const rule of rules) await rule.admit(request);
    return { pools: () => ({ cap, others: [] }) };
  },
});
