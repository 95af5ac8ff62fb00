import type { Refusal } from '../life/provision.ts';
import type { Item, ItemLister, ItemPutter } from '../table.ts';
import { addSeconds, secondsBetween } from '../timing.ts';

/** For so long no life asks a pool again that had no capacity. */
const shortSeconds = 60;

/** For how long an item is kept, in seconds: DynamoDB deletes within days. */
const keptSeconds = 86_400;

const pk = 'shortages';

/** Remembers for all that a pool had no capacity. Throws AwsUnavailable or AwsRefused. */
export const rememberShortage = async (table: ItemPutter, refusal: Refusal, now: Date): Promise<void> => {
  const { market, instanceType, availabilityZone } = refusal;
  const ttl = Math.floor(addSeconds(now, keptSeconds).getTime() / 1_000);
  const sk = `${market}#${instanceType}#${availabilityZone}`;
  await table.put({ pk, sk, ...refusal, at: now.toISOString(), ttl });
};

/** An item, which somebody can have edited by hand; `undefined` when it names no pool, or its minute is over. */
const shortageOf = (
  { market, instanceType, availabilityZone, code, at }: Item,
  now: Date,
): Refusal | undefined => {
  const seconds = secondsBetween(new Date(String(at)), now);
  if (!(Math.abs(seconds) < shortSeconds)) return undefined;
  if (market !== 'spot' && market !== 'on-demand') return undefined;
  return typeof instanceType === 'string' && typeof availabilityZone === 'string' && typeof code === 'string'
    ? { market, instanceType, availabilityZone, code }
    : undefined;
};

/** The pools that lacked capacity within the last minute, whoever asked them. Throws AwsUnavailable or AwsRefused. */
export const knownShortages = async (table: ItemLister, now: Date): Promise<readonly Refusal[]> =>
  (await table.list(pk)).map((item) => shortageOf(item, now)).filter((refusal) => refusal !== undefined);
