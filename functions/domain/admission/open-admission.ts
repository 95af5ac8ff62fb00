import { Problem } from '../api/problem.ts';
import { defaultClass } from '../machine-class.ts';
import type { Admission, AdmissionRule } from './admission.ts';
import type { SeatPool } from './seats.ts';

/** Mode `open`: whoever asks gets runners, while the rules let anybody have some, and the cap has a seat. Cheap rules stand first. */
export const openAdmission = (rules: readonly AdmissionRule[], cap: SeatPool): Admission => ({
  screen: ({ class: name }) => {
    if (name !== undefined)
      throw new Problem(
        'not-admitted',
        `Anybody may ask here, and so for no class but "${defaultClass}". Leave class out; other classes are given in the mode "verified".`,
        { rule: 'class-open' },
      );
  },
  admit: async (request) => {
    for (const rule of rules) await rule.admit(request);
    return { pools: () => ({ cap, others: [] }) };
  },
});
