import { knownShortages } from '../domain/launch/shortages.ts';
import type { Refusal } from '../domain/life/provision.ts';
import type { Runtime } from './runtime.ts';
import { listsItems } from './table.ts';
import { unharmed } from './unharmed.ts';

/** The pools that lacked capacity within the last minute. It never fails: without the table none is known. */
export const shortagesOf = (runtime: Runtime): (() => Promise<readonly Refusal[]>) => {
  const { clock, log } = runtime;
  const table = listsItems(runtime);
  return async () => (await unharmed(log, 'the shortages', () => knownShortages(table, clock()))) ?? [];
};
