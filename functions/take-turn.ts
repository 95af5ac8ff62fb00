import { passingOver, searchInRound } from './domain/launch/capacity.ts';
import { turnFor } from './domain/launch/turn-time.ts';
import { type Lane, nextTurn } from './domain/launch/turns.ts';
import type { CapacitySearch, Refusal, Round, Turn } from './domain/life/provision.ts';
import type { ProvisionInput } from './domain/life/provision-input.ts';
import type { Clock } from './domain/ports.ts';
import { turnNews } from './domain/status/step-news.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { shortagesOf } from './runtime/shortages.ts';
import { changesItems, putsItems } from './runtime/table.ts';
import { telling } from './runtime/telling.ts';
import { unharmed } from './runtime/unharmed.ts';

export interface TakeTurnPorts {
  /** The lane's next turn; `undefined` without the table. It never fails: turns are a courtesy. */
  readonly next: (lane: Lane) => Promise<Date | undefined>;
  /** The pools that lacked capacity within the last minute; none without the table. It never fails. */
  readonly shortages: () => Promise<readonly Refusal[]>;
  readonly clock: Clock;
}

interface Input extends ProvisionInput {
  readonly round: Round;
  readonly search?: CapacitySearch;
}

/** Whoever would ask no pool in its turn needs none, and leaves it to others. */
const hasPool = async ({ shortages, clock }: TakeTurnPorts, search: CapacitySearch): Promise<boolean> =>
  passingOver(search, await shortages(), clock()).next !== 'wait';

/**
 * Takes the life's turn to launch: one call of RunInstances, at a moment that no other life has. A life that has been
 * all round the pools stands behind those that have not. Throws LaunchForbidden when the turn would come too late for the
 * deadline, CapacityUnavailable and InstanceTypeUnsupported.
 */
export const takeTurn =
  (ports: TakeTurnPorts) =>
  async ({ deadline, round, search: known }: Input): Promise<Turn> => {
    const search = searchInRound(round, known);
    const lane = (search?.passes ?? 0) > 0 ? 'again' : 'first';
    const isNeeded = search === undefined || (await hasPool(ports, search));
    const moment = isNeeded ? await ports.next(lane) : undefined;
    const now = ports.clock();
    return turnFor(moment ?? now, search ?? {}, deadline, now);
  };

export const assemble: Assemble<Input, Turn> = telling({ news: turnNews }, (runtime) => {
  const { clock, log, settings } = runtime;
  const { liveRunnerCap } = settings('liveRunnerCap');
  const table = { ...changesItems(runtime), ...putsItems(runtime) };
  return takeTurn({
    next: (lane) => unharmed(log, 'a turn', () => nextTurn({ table, clock }, lane, liveRunnerCap)),
    shortages: shortagesOf(runtime),
    clock,
  });
});

export const handler = lambda(assemble);
