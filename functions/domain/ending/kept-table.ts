import { capName } from '../admission/cap-pool.ts';
import { releaseSeat } from '../admission/pools.ts';
import { again } from '../error-advice.ts';
import { isLive } from '../life/instance-states.ts';
import { parseLifeName } from '../life/life.ts';
import { lifePk, lifeRecord, rankOf, readLifeItem, unchangedItem } from '../life/life-item.ts';
import type { Clock, Execution, Instance, ProvisionReader } from '../ports.ts';
import type { News, Tell } from '../status/life-news.ts';
import { failureFacts, lifeOfProvision } from '../status/life-of-provision.ts';
import type { Item, ItemDeleter, ItemLister, ItemPutter } from '../table.ts';
import { recountGraceSeconds, secondsBetween } from '../timing.ts';

export interface KeptTablePorts {
  readonly table: ItemLister & ItemPutter & ItemDeleter;
  readonly provisions: ProvisionReader;
  readonly tell: Tell;
  readonly clock: Clock;
}

const itemOf = async ({ table }: KeptTablePorts, life: string): Promise<Item | undefined> => {
  const named = parseLifeName(life);
  if (named === undefined) return undefined;
  const items = await table.list(lifePk(named.label));
  return items.find(({ sk }) => sk === named.architecture);
};

/**
 * Puts the item of a life right by what Step Functions and EC2 show: one that is missing or broken is made, and one that
 * has not heard of the life's end, or of its runner, is told. A life that another has followed is left alone.
 */
export const correctItem = async (
  ports: KeptTablePorts,
  instances: readonly Instance[],
  life: string,
): Promise<void> => {
  const provision = await ports.provisions.provision(life);
  const shown = provision === undefined ? undefined : lifeOfProvision(provision, instances);
  if (shown === undefined) return;
  const found = await itemOf(ports, life);
  const known = found === undefined ? undefined : readLifeItem(found);
  if (known === undefined || known.n < shown.n) {
    await ports.table.put(lifeRecord(shown), unchangedItem(found));
    return;
  }
  if (known.life !== life || rankOf(known.status) >= rankOf(shown.status)) return;
  const { status, reason, whatToDo, readyAt, market, instanceType, instanceId, availabilityZone } = shown;
  const news = { status, reason, whatToDo, readyAt, market, instanceType, instanceId, availabilityZone };
  const told = Object.fromEntries(Object.entries(news).filter(([, value]) => value !== undefined));
  await ports.tell(life, { status, ...told });
};

const lost = `Its launch was never begun. ${again}`;

/** How a life has ended of which nothing is to be seen any more. */
const endNews = (provision: Execution | undefined): News => {
  if (provision === undefined) return { status: 'failed', reason: lost, whatToDo: again };
  return provision.status === 'SUCCEEDED' ? { status: 'destroyed' } : failureFacts(provision);
};

/** A life whose seat is left: nothing runs for it, and nobody has claimed it for a while. */
const isLeft = async (
  { provisions, clock }: KeptTablePorts,
  living: ReadonlySet<unknown>,
  { life, claimedAt }: Item,
): Promise<boolean> => {
  if (living.has(life)) return false;
  const claimed = typeof claimedAt === 'string' ? new Date(claimedAt) : new Date(Number.NaN);
  if (secondsBetween(claimed, clock()) < recountGraceSeconds) return false;
  return typeof life !== 'string' || (await provisions.provision(life))?.status !== 'RUNNING';
};

/**
 * Counts the live runners anew: a seat goes back whose life has no machine and no provision that runs, on condition that
 * nobody has claimed it meanwhile. Two recounts at once do no harm. A request that was admitted and never begun is told
 * as failed.
 */
export const recountSeats = async (
  ports: KeptTablePorts,
  instances: readonly Instance[],
): Promise<readonly string[]> => {
  const living = new Set<unknown>(instances.filter(isLive).map(({ life }) => life));
  const given: string[] = [];
  for (const seat of await ports.table.list(`seats#${capName}`)) {
    if (!(await isLeft(ports, living, seat))) continue;
    const life = String(seat['life']);
    await ports.tell(life, endNews(await ports.provisions.provision(life)));
    if (await releaseSeat(ports.table, seat)) given.push(life);
  }
  return given;
};
