import { parseDestroyName } from '../../functions/domain/ending/destroy.ts';
import { parseLifeName, parseRunnerName, parseScheduleName } from '../../functions/domain/life/life.ts';
import type { Registration } from '../../functions/domain/ports.ts';
import type { DeploymentInstance } from '../deployment-instance.ts';

/** What GitHub shows of the deployment's registrations, or why it shows nothing. */
export type RegistrationReading =
  | { readonly kind: 'known'; readonly registrations: readonly Registration[] }
  /** It may answer later. */
  | { readonly kind: 'silent'; readonly reason: string }
  /** It will not answer with this credential. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** There is no credential, without which nothing was ever registered. */
  | { readonly kind: 'no-credential'; readonly reason: string };

/** All that is left of the deployment's lives. */
export interface Survey {
  /** Those that are not terminated. */
  readonly instances: readonly DeploymentInstance[];
  readonly registrations: RegistrationReading;
  /** The names of schedules. */
  readonly schedules: readonly string[];
  /** The names of provisions that run, which are their lives'. */
  readonly provisions: readonly string[];
  /** The names of destroys that run. */
  readonly destroys: readonly string[];
}

/** One life and what is left of it. */
export interface SurveyedLife {
  readonly life: string;
  readonly instances: readonly DeploymentInstance[];
  readonly registrations: readonly Registration[];
  readonly isProvisioning: boolean;
}

export const registrationsIn = ({ registrations }: Survey): readonly Registration[] =>
  registrations.kind === 'known' ? registrations.registrations : [];

/** Every life of which something is left, by what carries its name. */
export const livesIn = (survey: Survey, deployment: string): readonly SurveyedLife[] => {
  const { instances, schedules, provisions, destroys } = survey;
  const registrations = registrationsIn(survey);
  const lifeOf = ({ name }: Registration) => parseRunnerName(name, deployment)?.life;
  const names = [
    ...instances.map(({ life }) => life),
    ...registrations.map(lifeOf),
    ...schedules.map((name) => parseScheduleName(name, deployment)),
    ...provisions.filter((name) => parseLifeName(name) !== undefined),
    ...destroys.map((name) => parseDestroyName(name)?.life),
  ];
  return [...new Set(names.filter((name) => name !== undefined))].map((life) => ({
    life,
    instances: instances.filter((instance) => instance.life === life),
    registrations: registrations.filter((registration) => lifeOf(registration) === life),
    isProvisioning: provisions.includes(life),
  }));
};

const counted = (count: number, what: string): readonly string[] =>
  count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'}`];

/** What is left in words, empty when it is nothing. What GitHub does not show is left, too. */
export const remainsOf = (survey: Survey, isGitHubHeeded: boolean): readonly string[] => {
  const { instances, registrations, schedules, provisions, destroys } = survey;
  const atAws = [
    ...counted(instances.length, 'instance'),
    ...counted(provisions.length, 'running provision'),
  ];
  if (!isGitHubHeeded) return atAws;
  return [
    ...atAws,
    ...counted(registrationsIn(survey).length, 'registration'),
    ...(registrations.kind === 'silent' ? ['whatever GitHub, which does not answer, still has'] : []),
    ...counted(schedules.length, 'schedule'),
    ...counted(destroys.length, 'running destroy'),
  ];
};
