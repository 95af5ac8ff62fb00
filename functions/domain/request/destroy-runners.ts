import type { DestroyInput } from '../ending/destroy.ts';
import { type LifeItem, lifePk, rankOf, readLifeItem } from '../life/life-item.ts';
import { runOf } from '../life/provision-input.ts';
import type { Clock, DestroyStarter } from '../ports.ts';
import { endCauses } from '../status/end-reason.ts';
import type { Tell } from '../status/life-news.ts';
import type { ItemChanger, ItemLister } from '../table.ts';
import type { DestroyRequest } from './runner-request.ts';

export interface DestroyRunnersPorts {
  readonly table: ItemLister & ItemChanger;
  readonly destroys: DestroyStarter;
  readonly clock: Clock;
  readonly tell: Tell;
}

/** A life that is being destroyed, and what the request did about it. */
export interface DestroyedLife {
  readonly life: string;
  readonly outcome: 'started' | 'left-to-sweep';
}

/** A caller's destroy of a life is always the same one: it is started once, and a repeat is that start again. */
const onlyDestroy = 1;

const inputOf = ({ life, deadline }: LifeItem, deployment: string): DestroyInput => ({
  life,
  deployment,
  reason: 'asked',
  mode: 'graceful',
  deadline,
});

/** The end of a life that serves a run waits for the run; every other begins at once. */
const tellEnd = async ({ table, clock, tell }: DestroyRunnersPorts, item: LifeItem): Promise<void> => {
  const { life, architecture, input } = item;
  if (runOf(JSON.parse(input)) === undefined)
    return tell(life, { status: 'destroying', reason: endCauses.asked });
  const key = { pk: lifePk(life.slice(0, life.lastIndexOf(`_${architecture}-`))), sk: architecture };
  await table.change(key, { set: { endAskedAt: clock().toISOString() } }, [{ life: { is: life } }]);
};

/** Only one that is not told as destroying yet is told so. */
const isBeforeItsEnd = ({ status }: LifeItem): boolean => rankOf(status) < rankOf('destroying');

const destroyLife = async (
  ports: DestroyRunnersPorts,
  deployment: string,
  item: LifeItem,
): Promise<DestroyedLife> => {
  const started = await ports.destroys.startDestroy(inputOf(item, deployment), onlyDestroy);
  if (isBeforeItsEnd(item)) await tellEnd(ports, item);
  return { life: item.life, outcome: started === 'started' ? 'started' : 'left-to-sweep' };
};

/**
 * Starts the graceful destroy of the newest life of each label and architecture, if anything of it can be left.
 * Of an earlier one nothing is asked: its own end is under way, or the sweep's affair. All of them are
 * tried before a failure is thrown, AwsUnavailable or AwsRefused; asking again is harmless. A label that nobody has
 * asked for costs one read of the table.
 */
export const destroyRunners =
  (ports: DestroyRunnersPorts, deployment: string) =>
  async ({ labels }: DestroyRequest): Promise<readonly DestroyedLife[]> => {
    const attempts = await Promise.allSettled(
      labels.map(async (label) => {
        const items = (await ports.table.list(lifePk(label))).flatMap((item) => readLifeItem(item) ?? []);
        const left = items.filter(({ goneAt }) => goneAt === undefined);
        return Promise.all(left.map((item) => destroyLife(ports, deployment, item)));
      }),
    );
    const failure = attempts.find((attempt) => attempt.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    return attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? attempt.value : []));
  };
