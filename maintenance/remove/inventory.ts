import { livesIn, type Survey, type SurveyedLife } from './survey.ts';

const jobOf = ({ registrations }: SurveyedLife): readonly string[] =>
  registrations.some(({ busy }) => busy) ? ['with a job'] : [];

const describe = (one: SurveyedLife): string => {
  const { life, instances, registrations, isProvisioning } = one;
  const parts = [
    ...instances.map(({ id, state }) => `${id} ${state}`),
    ...(isProvisioning ? ['being provisioned'] : []),
    ...(registrations.length > 0 ? ['registered'] : []),
    ...jobOf(one),
  ];
  return `  ${life}  ${parts.length === 0 ? 'being cleared away' : parts.join(', ')}`;
};

/** What lives, and what becomes of it, for whoever is asked whether to go on. */
export const inventory = (survey: Survey, deployment: string, isForced: boolean): readonly string[] => {
  const lives = livesIn(survey, deployment);
  if (lives.length === 0) return ['No runner lives.'];
  const busy = lives.filter((one) => jobOf(one).length > 0).length;
  const jobs = busy === 1 ? '1 job' : `${busy} jobs`;
  const fate = isForced
    ? `All of them are ended${busy === 0 ? '' : `, and ${jobs} with them; --wait-for-jobs lets jobs come to their end`}.`
    : 'Those that are idle are ended; jobs come to their end, at their deadline at the latest.';
  return [`${lives.length} ${lives.length === 1 ? 'life' : 'lives'}:`, ...lives.map(describe), fate];
};
