import { type LifeFacts, lifeKey, rankOf } from '../life/life-item.ts';
import type { Clock } from '../ports.ts';
import type { Fields, ItemChanger } from '../table.ts';
import { addSeconds } from '../timing.ts';

/** How a life stands now, as far as a step knows. */
export interface News extends Omit<LifeFacts, 'since' | 'goneAt'> {
  /** The launch round; a second one begins anew. */
  readonly round?: number;
}

export type Tell = (life: string, news: News) => Promise<void>;

const ofOneStatus = ['reason', 'whatToDo'];
const ofOneMachine = ['market', 'instanceType', 'instanceId', 'availabilityZone', 'spotPrice', 'launchedAt'];

/** What no longer holds in another status. */
const outdated = ({ status }: News, told: Fields): readonly string[] =>
  [...ofOneStatus, ...(status === 'launching' ? ofOneMachine : [])].filter((field) => !(field in told));

/**
 * Writes how a life stands into its item. A status moves only forward; news of the same status change what is said of
 * it. News of an earlier one, or of a life that another has followed, change nothing. Throws AwsUnavailable or
 * AwsRefused.
 */
export const tellLife =
  (table: ItemChanger, clock: Clock): Tell =>
  async (life, news) => {
    const key = lifeKey(life);
    if (key === undefined) return;
    const { round, ...told } = news;
    const rank = rankOf(news.status, round);
    const set: Fields = { ...told };
    const own = { life: { is: life } };
    const moved = await table.change(
      key,
      { set: { ...set, rank, since: clock().toISOString() }, remove: outdated(news, set) },
      [{ ...own, rank: { below: rank } }],
    );
    if (moved === undefined) await table.change(key, { set }, [{ ...own, rank: { is: rank } }]);
  };

/** For how long the table remembers a life of which nothing is left. */
const rememberedDays = 90;

/** Writes that nothing of a life is left; one that has failed stays so. Throws AwsUnavailable or AwsRefused. */
export const tellGone =
  (table: ItemChanger, clock: Clock) =>
  async (life: string): Promise<void> => {
    const key = lifeKey(life);
    if (key === undefined) return;
    const now = clock();
    const forgotten = Math.floor(addSeconds(now, rememberedDays * 86_400).getTime() / 1_000);
    await table.change(key, { set: { goneAt: now.toISOString(), ttl: forgotten } }, [{ life: { is: life } }]);
    const rank = rankOf('destroyed');
    await table.change(key, { set: { status: 'destroyed', rank, since: now.toISOString() } }, [
      { life: { is: life }, rank: { below: rank } },
    ]);
  };
