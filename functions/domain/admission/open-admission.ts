import type { Admission, AdmissionRule } from './admission.ts';

/** Mode `open`: whoever asks gets runners, while the rules let anybody have some. Cheap rules stand first. */
export const openAdmission = (rules: readonly AdmissionRule[]): Admission => ({
  screen: () => undefined,
  admit: async (request) => {
    for (const rule of rules) await rule.admit(request);
    return {};
  },
});
