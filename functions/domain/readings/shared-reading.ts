import type { Clock } from '../ports.ts';
import type { Condition, Item, ItemChanger, ItemPutter, ItemReader } from '../table.ts';
import { addSeconds, functionTimeoutSeconds } from '../timing.ts';

/**
 * A shared reading is what GitHub said to one, kept for all: whoever finds it too old takes the lease and reads anew,
 * and nobody waits for it. It may start or spare something, and never end anything: its pages shift while they are read.
 */

/** What was read, and when the first request for it began: what changed after that can be missing. */
export interface Reading<T> {
  readonly rows: readonly T[];
  readonly askedAt: Date;
}

export type ReadingTable = ItemReader & ItemPutter & ItemChanger;

export interface SharedReadingPorts<T> {
  readonly table: ReadingTable;
  readonly clock: Clock;
  /** Reads anew. Throws what GitHub's adapters throw. */
  readonly ask: () => Promise<readonly T[]>;
  /** A row as it is kept, which somebody can have changed by hand; `undefined` when it is none. */
  readonly parse: (row: unknown) => T | undefined;
}

export interface SharedReading<T> {
  /**
   * The reading, made anew when it is older than `acceptSeconds` and nobody else is reading. It can be older while
   * somebody is; `undefined` when there never was one. Throws what the table and GitHub throw.
   */
  read(acceptSeconds: number): Promise<Reading<T> | undefined>;
}

/** Longer than the function that holds it can run, so that there are never two readers. */
const leaseSeconds = functionTimeoutSeconds + 5;

/** DynamoDB takes 400 KB an item; what is written costs by the kilobyte, and what is read by four of them. */
const rowsPerPage = 500;

/** Two sets of pages in turn: whoever reads one is not disturbed by whoever writes the next. */
const sides = ['a', 'b'] as const;
type Side = (typeof sides)[number];

interface Head {
  readonly side: Side;
  readonly pages: number;
  readonly askedAt: Date;
}

const headKey = (name: string) => ({ pk: `reading#${name}`, sk: 'head' });
const pageKey = (name: string, side: Side, page: number) => ({ pk: `reading#${name}`, sk: `${side}${page}` });

const headOf = (item: Item | undefined): Head | undefined => {
  const side = sides.find((known) => known === item?.['side']);
  const pages = Number(item?.['pages']);
  const askedAt = new Date(String(item?.['askedAt']));
  return side === undefined || !Number.isInteger(pages) || Number.isNaN(askedAt.getTime())
    ? undefined
    : { side, pages, askedAt };
};

/** The rows of a page; `undefined` when it is of another reading than the head, or was changed by hand. */
const rowsOf = <T>(item: Item | undefined, askedAt: Date, parse: SharedReadingPorts<T>['parse']) => {
  if (item?.['askedAt'] !== askedAt.toISOString()) return undefined;
  try {
    const rows: unknown = JSON.parse(String(item['rows']));
    return Array.isArray(rows) ? rows.map(parse).filter((row) => row !== undefined) : undefined;
  } catch {
    return undefined;
  }
};

const pagesOf = <T>(rows: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(rows.length / rowsPerPage) }, (_, page) =>
    rows.slice(page * rowsPerPage, (page + 1) * rowsPerPage),
  );

/** A reading under a name that all functions share. */
export const sharedReading = <T>(name: string, ports: SharedReadingPorts<T>): SharedReading<T> => {
  const { table, clock, ask, parse } = ports;

  const load = async ({ side, pages, askedAt }: Head): Promise<Reading<T> | undefined> => {
    const numbers = Array.from({ length: pages }, (_, page) => page);
    const items = await Promise.all(numbers.map((page) => table.read(pageKey(name, side, page))));
    const rows = items.map((item) => rowsOf(item, askedAt, parse));
    return rows.every((page) => page !== undefined) ? { rows: rows.flat(), askedAt } : undefined;
  };

  const leaseEnd = (): string => addSeconds(clock(), leaseSeconds).toISOString();

  const takeLease = async (now: Date): Promise<string | undefined> => {
    const lease = crypto.randomUUID();
    const free: Condition = [
      { leaseUntil: 'absent' },
      { leaseUntil: { below: now.toISOString() } },
      // Further ahead than any lease goes: somebody's hand wrote that.
      { leaseUntil: { above: addSeconds(now, 3 * leaseSeconds).toISOString() } },
    ];
    const taken = await table.change(headKey(name), { set: { lease, leaseUntil: leaseEnd() } }, free);
    return taken === undefined ? undefined : lease;
  };

  /** Whether the lease is still ours, which it then is for long enough to write. */
  const renew = async (lease: string): Promise<boolean> => {
    const renewed = await table.change(headKey(name), { set: { leaseUntil: leaseEnd() } }, [
      { lease: { is: lease } },
    ]);
    return renewed !== undefined;
  };

  const release = (lease: string, set: Readonly<Record<string, string | number>> = {}) =>
    table.change(headKey(name), { set, remove: ['lease', 'leaseUntil'] }, [{ lease: { is: lease } }]);

  const keep = async (lease: string, { rows, askedAt }: Reading<T>, before: Head | undefined) => {
    if (!(await renew(lease))) return;
    const side = before?.side === 'a' ? 'b' : 'a';
    const pages = pagesOf(rows);
    const at = askedAt.toISOString();
    await Promise.all(
      pages.map((page, number) =>
        table.put({ ...pageKey(name, side, number), rows: JSON.stringify(page), askedAt: at }),
      ),
    );
    await release(lease, { side, pages: pages.length, askedAt: at });
  };

  const readAnew = async (lease: string, askedAt: Date, before: Head | undefined): Promise<Reading<T>> => {
    const rows = await ask().catch(async (error: unknown) => {
      await release(lease).catch(() => undefined);
      throw error;
    });
    const reading = { rows, askedAt };
    await keep(lease, reading, before);
    return reading;
  };

  return {
    read: async (acceptSeconds) => {
      const head = headOf(await table.read(headKey(name)));
      const now = clock();
      const known = head === undefined ? undefined : await load(head);
      if (known !== undefined && addSeconds(known.askedAt, acceptSeconds) >= now) return known;
      const lease = await takeLease(now);
      return lease === undefined ? known : readAnew(lease, now, head);
    },
  };
};
