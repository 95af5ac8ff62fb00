import type { Admission, Admitted } from '../admission/admission.ts';
import { claimSeats } from '../admission/pools.ts';
import { giveBack, type Seat } from '../admission/seats.ts';
import { Problem } from '../api/problem.ts';
import type { Architecture } from '../architecture.ts';
import { AwsUnavailable } from '../errors.ts';
import { lifeName, maximumLives, parseLifeName } from '../life/life.ts';
import {
  isOnItsWay,
  type LifeItem,
  type LifeStatus,
  lifePk,
  lifeRecord,
  readLifeItem,
  statusAt,
  unchangedItem,
} from '../life/life-item.ts';
import { classOf, ofClass, type ProvisionInput } from '../life/provision-input.ts';
import { defaultClass, lifetimeOf, type MachineClasses } from '../machine-class.ts';
import type { Clock } from '../ports.ts';
import type { Item, Table } from '../table.ts';
import { addSeconds, secondsBetween } from '../timing.ts';
import type { RunAttempt } from '../workflow-run.ts';
import { requestedBy } from './requested-by.ts';
import type { CreateRequest } from './runner-request.ts';
import { type StartPorts, startLife } from './start-life.ts';

export interface CreatePorts extends StartPorts {
  readonly table: Pick<Table, 'list' | 'put' | 'change' | 'delete'>;
  readonly admission: Admission;
  /** Another each time. */
  readonly token: () => string;
  readonly clock: Clock;
}

export interface CreateSettings {
  readonly labelPrefix: string;
  readonly classes: MachineClasses;
  /** A life that has less than this before its deadline answers no request any more. */
  readonly minimumMinutes: number;
}

/** A life that answers a request. */
export interface AnsweringLife {
  readonly life: string;
  readonly architecture: Architecture;
  readonly status: LifeStatus;
  /** ISO 8601. */
  readonly deadline: string;
  readonly isNew: boolean;
}

/** What came of a request: the lives that answer it, and why others could not be started. */
export interface CreateOutcome {
  readonly lives: readonly AnsweringLife[];
  readonly failures: readonly unknown[];
}

interface Place {
  readonly architecture: Architecture;
  /** What the table has there, whatever it is. */
  readonly found: Item | undefined;
  /** The life that answers, if one is on its way or ready. */
  readonly existing?: LifeItem;
  /** The n that the next life gets. */
  readonly next: number;
}

/** Others can be quicker, and then a request looks again. */
const maximumAttempts = 5;

const canAnswer = (item: LifeItem, minimumMinutes: number, now: Date): boolean => {
  const status = statusAt(item, now);
  const left = secondsBetween(now, new Date(item.deadline));
  return (isOnItsWay(status) || status === 'ready') && left >= minimumMinutes * 60;
};

const placeOf = (
  found: Item | undefined,
  architecture: Architecture,
  { minimumMinutes }: CreateSettings,
  now: Date,
): Place => {
  const item = found === undefined ? undefined : readLifeItem(found);
  const known = parseLifeName(String(found?.['life']))?.n ?? 0;
  const place = { architecture, found, next: known + 1 };
  return item !== undefined && canAnswer(item, minimumMinutes, now) ? { ...place, existing: item } : place;
};

const placesFor = async (
  { table, clock }: CreatePorts,
  settings: CreateSettings,
  label: string,
  architectures: readonly Architecture[],
): Promise<readonly Place[]> => {
  const items = await table.list(lifePk(label));
  return architectures.map((architecture) =>
    placeOf(
      items.find(({ sk }) => sk === architecture),
      architecture,
      settings,
      clock(),
    ),
  );
};

const requireName = (label: string, { architecture, next }: Place): void => {
  if (next > maximumLives)
    throw new Problem(
      'not-admitted',
      `The label ${label} has had ${maximumLives} runners for ${architecture}, and no more can be named. Use another label.`,
      { rule: 'lives-per-label' },
    );
};

/** A label and architecture have one class at a time: a job for another would never find the runner. */
const requireClass = ({ class: wanted = defaultClass }: CreateRequest, { existing }: Place): void => {
  const has = existing === undefined ? wanted : (classOf(JSON.parse(existing.input)) ?? defaultClass);
  if (has !== wanted)
    throw new Problem(
      'not-admitted',
      `${existing?.life} is a runner of class "${has}", and lives until it has had its job or its end. Ask for that class, or for "${wanted}" by another label, such as one with a suffix.`,
      { rule: 'one-class' },
    );
};

const answerOf = (item: LifeItem, isNew: boolean): AnsweringLife => {
  const { life, architecture, status, deadline } = item;
  return { life, architecture, status, deadline, isNew };
};

interface Wanted {
  readonly request: CreateRequest;
  readonly admitted: Admitted;
  readonly token: string;
}

const inputOf = (
  { labelPrefix, classes }: CreateSettings,
  request: CreateRequest,
  run: RunAttempt | undefined,
  life: string,
  architecture: Architecture,
  now: Date,
): ProvisionInput => ({
  life,
  label: request.label,
  architecture,
  ...ofClass(request.class),
  requestedAt: now.toISOString(),
  deadline: addSeconds(now, lifetimeOf(classes, request.class) * 60).toISOString(),
  requestedBy: requestedBy(request, labelPrefix),
  ...(run === undefined ? {} : { run }),
});

const newItem = (input: ProvisionInput, n: number): LifeItem => ({
  life: input.life,
  architecture: input.architecture,
  n,
  status: 'requested',
  since: input.requestedAt,
  requestedAt: input.requestedAt,
  deadline: input.deadline,
  input: JSON.stringify(input),
});

const claimFor = (
  { table, clock }: CreatePorts,
  { request: { label }, admitted, token }: Wanted,
  { architecture, next }: Place,
): Promise<readonly Seat[]> => {
  const life = lifeName({ label, architecture, n: next });
  return claimSeats(table, admitted.pools(architecture), { life, token, now: clock() });
};

/** Seats for all of the lives, or for none. Throws what {@link claimSeats} throws. */
const claimAll = async (
  ports: CreatePorts,
  wanted: Wanted,
  places: readonly Place[],
): Promise<ReadonlyMap<Place, readonly Seat[]>> => {
  const claimed = new Map<Place, readonly Seat[]>();
  try {
    for (const place of places) claimed.set(place, await claimFor(ports, wanted, place));
  } catch (error) {
    await giveBack(ports.table, [...claimed.values()].flat());
    throw error;
  }
  return claimed;
};

/**
 * Writes the next life's item and starts its provision. Whoever finds that another was quicker looks again, and most
 * likely finds the life that answers both.
 */
const createLife = async (
  ports: CreatePorts,
  settings: CreateSettings,
  wanted: Wanted,
  first: Place,
  seats: readonly Seat[],
): Promise<AnsweringLife> => {
  const { table, clock } = ports;
  const { label } = wanted.request;
  let place: Place | undefined = first;
  let held = seats;
  for (let attempt = 0; attempt < maximumAttempts && place !== undefined; attempt += 1) {
    requireClass(wanted.request, place);
    if (place.existing !== undefined) return answerOf(await startLife(ports, place.existing), false);
    requireName(label, place);
    if (attempt > 0) held = await claimFor(ports, wanted, place);
    const { architecture, next } = place;
    const life = lifeName({ label, architecture, n: next });
    const item = newItem(
      inputOf(settings, wanted.request, wanted.admitted.run, life, architecture, clock()),
      next,
    );
    if (await table.put(lifeRecord(item), unchangedItem(place.found))) {
      const started = await startLife(ports, item);
      if (canAnswer(started, settings.minimumMinutes, clock()))
        return answerOf(started, started.input === item.input);
      await giveBack(table, held);
    }
    [place] = await placesFor(ports, settings, label, [architecture]);
    if (place?.existing?.life !== life) await giveBack(table, held);
  }
  throw new AwsUnavailable(`No life of ${label} could be written: others were quicker`);
};

/** Whoever finds no seat can have been overtaken by a request for the same runners, which then answer both. */
const seatsOrAnswers = async (
  ports: CreatePorts,
  settings: CreateSettings,
  wanted: Wanted,
  places: readonly Place[],
) => {
  const missing = places.filter(({ existing }) => existing === undefined);
  try {
    return { places, seats: await claimAll(ports, wanted, missing) };
  } catch (error) {
    const { label, architectures } = wanted.request;
    const again = await placesFor(ports, settings, label, architectures);
    if (again.some(({ existing }) => existing === undefined)) throw error;
    return { places: again, seats: new Map<Place, readonly Seat[]>() };
  }
};

const none: Admitted = {
  pools: () => {
    throw new Error('Nobody was asked for admission');
  },
};

/**
 * Answers each architecture with the label's life that is on its way or ready, or starts the next one. When
 * some starts fail, the others are in the outcome all the same, and the same request later finds them.
 * Throws a Problem when the request is refused, AwsUnavailable or AwsRefused before anything is started.
 */
export const createRunners =
  (ports: CreatePorts, settings: CreateSettings) =>
  async (request: CreateRequest): Promise<CreateOutcome> => {
    ports.admission.screen(request);
    const first = await placesFor(ports, settings, request.label, request.architectures);
    const missing = first.filter(({ existing }) => existing === undefined);
    for (const place of first) requireClass(request, place);
    for (const place of missing) requireName(request.label, place);
    const newArchitectures = missing.map(({ architecture }) => architecture);
    const admitted =
      missing.length > 0 ? await ports.admission.admit({ ...request, newArchitectures }) : none;
    const wanted = { request, admitted, token: ports.token() };
    const { places, seats } = await seatsOrAnswers(ports, settings, wanted, first);
    const answers = await Promise.allSettled(
      places.map((place) => createLife(ports, settings, wanted, place, seats.get(place) ?? [])),
    );
    return {
      lives: answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])),
      failures: answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : [])),
    };
  };
