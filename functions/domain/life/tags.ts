import type { Architecture } from '../architecture.ts';
import { isClassName } from '../machine-class.ts';
import type { RunAttempt } from '../workflow-run.ts';
import { utcTime } from './deadline.ts';
import { parseLifeName } from './life.ts';

/** The tags by which an instance is ours, found by its life, and read by people. */
export const tagNames = {
  /** What the EC2 console shows. */
  name: 'Name',
  /** The seed's own, by which scripts of the first user find their machines. */
  label: 'Label',
  deployment: 'stint:deployment',
  life: 'stint:life',
  architecture: 'stint:architecture',
  /** Absent for the default class. */
  class: 'stint:class',
  round: 'stint:round',
  deadline: 'stint:deadline',
  requestedBy: 'stint:requested-by',
  registrationId: 'stint:registration-id',
  /** For people: the path of the run's page at GitHub. */
  run: 'stint:run',
  /** US dollars for an hour. */
  spotPrice: 'stint:spot-price',
} as const;

export interface RunnerTags {
  readonly deployment: string;
  readonly life: string;
  readonly label: string;
  readonly architecture: Architecture;
  /** Absent for the default one. */
  readonly class?: string;
  readonly round: number;
  readonly deadline: Date;
  readonly requestedBy: string;
  readonly registrationId: number;
  /** The attempt of a run that the instance serves, and no other. */
  readonly run?: RunAttempt;
  /** Absent for an on-demand instance, and when the price is not known. */
  readonly spotPrice?: number;
}

/** EC2 takes at most 256 characters for a tag's value (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html). */
const maximumValueLength = 256;

const runPath = ({ repository, id, attempt }: RunAttempt): string =>
  `${repository}/actions/runs/${id}/attempts/${attempt}`;

/** The tags of an instance and of everything that is made with it. */
export const runnerTags = (tags: RunnerTags): Readonly<Record<string, string>> => ({
  [tagNames.name]: tags.life,
  [tagNames.label]: tags.label,
  [tagNames.deployment]: tags.deployment,
  [tagNames.life]: tags.life,
  [tagNames.architecture]: tags.architecture,
  [tagNames.round]: String(tags.round),
  [tagNames.deadline]: tags.deadline.toISOString(),
  [tagNames.requestedBy]: tags.requestedBy.slice(0, maximumValueLength),
  [tagNames.registrationId]: String(tags.registrationId),
  ...(tags.class === undefined ? {} : { [tagNames.class]: tags.class }),
  ...(tags.run === undefined ? {} : { [tagNames.run]: runPath(tags.run) }),
  ...(tags.spotPrice === undefined ? {} : { [tagNames.spotPrice]: String(tags.spotPrice) }),
});

const positive = (value: string | undefined): number | undefined =>
  value !== undefined && /^[1-9][0-9]*$/.test(value) ? Number(value) : undefined;

const price = (value: string | undefined): number | undefined =>
  value !== undefined && /^[0-9]+(\.[0-9]+)?$/.test(value) ? Number(value) : undefined;

/** What an instance's tags say. */
export interface ReadTags extends Omit<RunnerTags, 'deadline'> {
  /** Absent when the tag is no time. */
  readonly deadline?: Date;
}

/** GitHub's ids begin with 1: this is none. */
const noRegistration = 0;

/**
 * What an instance's tags say; `undefined` when they name no life of a deployment, for then it is not one of ours. One
 * that is ours must be seen whatever the rest of its tags says, or nothing would ever end it.
 */
export const readTags = (tags: Readonly<Record<string, string>>): ReadTags | undefined => {
  const deployment = tags[tagNames.deployment];
  const life = tags[tagNames.life];
  const deadline = utcTime(tags[tagNames.deadline]);
  const parsed = life === undefined ? undefined : parseLifeName(life);
  if (deployment === undefined || life === undefined || parsed === undefined) return undefined;
  const requestedBy = tags[tagNames.requestedBy] ?? '';
  const spotPrice = price(tags[tagNames.spotPrice]);
  const name = tags[tagNames.class];
  return {
    deployment,
    life,
    label: parsed.label,
    architecture: parsed.architecture,
    round: positive(tags[tagNames.round]) ?? 1,
    requestedBy,
    registrationId: positive(tags[tagNames.registrationId]) ?? noRegistration,
    ...(isClassName(name) ? { class: name } : {}),
    ...(deadline === undefined ? {} : { deadline }),
    ...(spotPrice === undefined ? {} : { spotPrice }),
  };
};
