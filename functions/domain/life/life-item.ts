import { type Architecture, isArchitecture } from '../architecture.ts';
import { InputInvalid } from '../errors.ts';
import type { Market } from '../ports.ts';
import { absent, type Condition, type Item, type ItemKey } from '../table.ts';
import { parseLifeName } from './life.ts';

/** How far a life has come, in the order of a life; `failed` is for good, and outlasts its clean-up. */
export const lifeStatuses = [
  'requested',
  'launching',
  'booting',
  'ready',
  'destroying',
  'destroyed',
  'failed',
] as const;

export type LifeStatus = (typeof lifeStatuses)[number];

/** What the table knows of a life. Times are ISO 8601; what is not known is absent. */
export interface LifeFacts {
  readonly status: LifeStatus;
  /** Since when it has had its status. */
  readonly since: string;
  /** For people: what it waits for, why it failed, or why it ends. */
  readonly reason?: string;
  readonly whatToDo?: string;
  readonly market?: Market;
  readonly instanceType?: string;
  readonly instanceId?: string;
  readonly availabilityZone?: string;
  /** US dollars for an hour. */
  readonly spotPrice?: number;
  readonly launchedAt?: string;
  readonly readyAt?: string;
  /** When a caller has asked for its end, which waits for its run. */
  readonly endAskedAt?: string;
  /** When nothing of it was left. */
  readonly goneAt?: string;
}

/** A label's and architecture's newest life, as the table has it. */
export interface LifeItem extends LifeFacts {
  readonly life: string;
  readonly architecture: Architecture;
  readonly n: number;
  readonly requestedAt: string;
  readonly deadline: string;
  /** The exact input of its provision, JSON: whoever finds it not started starts it again. */
  readonly input: string;
}

/** GitHub compares labels without regard to case, so one label is one list of items. */
export const lifePk = (label: string): string => `runner#${label.toLowerCase()}`;

/** Where a life's item stands; `undefined` for a name that is no life's. */
export const lifeKey = (life: string): ItemKey | undefined => {
  const named = parseLifeName(life);
  return named === undefined ? undefined : { pk: lifePk(named.label), sk: named.architecture };
};

const requireKey = (life: string): ItemKey => {
  const key = lifeKey(life);
  if (key === undefined) throw new InputInvalid(`${life} is not the name of a life`);
  return key;
};

type FieldReader<T> = (value: unknown) => T | undefined;

const text: FieldReader<string> = (value) => (typeof value === 'string' ? value : undefined);
const json: FieldReader<string> = (value) => {
  try {
    return typeof value === 'string' && typeof JSON.parse(value) === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
};
const time: FieldReader<string> = (value) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : undefined;
const number: FieldReader<number> = (value) => (typeof value === 'number' ? value : undefined);
const market: FieldReader<Market> = (value) =>
  value === 'spot' || value === 'on-demand' ? value : undefined;

const optional = {
  reason: text,
  whatToDo: text,
  market,
  instanceType: text,
  instanceId: text,
  availabilityZone: text,
  spotPrice: number,
  launchedAt: time,
  readyAt: time,
  endAskedAt: time,
  goneAt: time,
} as const;

const optionalFields = (item: Item): Partial<LifeFacts> =>
  Object.fromEntries(
    Object.entries(optional)
      .map(([name, read]) => [name, read(item[name])] as const)
      .filter(([, value]) => value !== undefined),
  );

/**
 * Reads an item, which somebody can have edited by hand; `undefined` when it does not say which life it is about, or
 * how that stands. An optional field of another type is as good as absent.
 */
export const readLifeItem = (item: Item): LifeItem | undefined => {
  const life = text(item['life']);
  const named = life === undefined ? undefined : parseLifeName(life);
  const status = lifeStatuses.find((known) => known === item['status']);
  const [since, requestedAt, deadline] = ['since', 'requestedAt', 'deadline'].map((name) => time(item[name]));
  const input = json(item['input']);
  if (life === undefined || named === undefined || status === undefined || !isArchitecture(item.sk))
    return undefined;
  if (lifePk(named.label) !== item.pk || named.architecture !== item.sk) return undefined;
  if (since === undefined || requestedAt === undefined || deadline === undefined || input === undefined)
    return undefined;
  const { architecture, n } = named;
  return { life, architecture, n, status, since, requestedAt, deadline, input, ...optionalFields(item) };
};

/** Where a life is in the order of its changes: an item moves only forward. A launch round begins anew. */
export const rankOf = (status: LifeStatus, round = 1): number => {
  if (status === 'requested') return 0;
  if (status === 'launching' || status === 'booting') return 10 * round + (status === 'booting' ? 1 : 0);
  return 10_000 + lifeStatuses.indexOf(status);
};

/** What an item is as it is kept. */
export const lifeRecord = ({ n: _n, architecture: _architecture, ...kept }: LifeItem, round = 1): Item => ({
  ...kept,
  ...requireKey(kept.life),
  rank: rankOf(kept.status, round),
});

/**
 * Holds while the item is as it was read. One that somebody's hand has left without a life or a rank may be replaced
 * whatever it has become: a life's name is taken only once all the same.
 */
export const unchangedItem = (item: Item | undefined): Condition | undefined => {
  if (item === undefined) return absent;
  const { life, rank } = item;
  return typeof life === 'string' && typeof rank === 'number'
    ? [{ life: { is: life }, rank: { is: rank } }]
    : undefined;
};

/** Whether a runner is still waited for. */
export const isOnItsWay = (status: LifeStatus): boolean =>
  status === 'requested' || status === 'launching' || status === 'booting';

/** The status at a moment: past its deadline a life is past, whatever the last step has told. */
export const statusAt = ({ status, deadline }: LifeItem, now: Date): LifeStatus =>
  (isOnItsWay(status) || status === 'ready') && now >= new Date(deadline) ? 'destroying' : status;
