import type { LifeStatus } from '../../functions/domain/life/life-item.ts';
import { lifeKey, readLifeItem } from '../../functions/domain/life/life-item.ts';
import { shownLife } from '../../functions/domain/status/shown-life.ts';
import type { FakeExecution } from '../aws/step-functions/state.ts';
import type { ShownCloud } from './shown-cloud.ts';

/** How a life stands, as the HTTP API tells it. */
export interface ToldLife {
  readonly status: LifeStatus;
  readonly reason?: string;
  readonly readyAt?: string;
  readonly deadline?: string;
}

/** The state that an execution entered last. */
export const placeIn = ({ run }: FakeExecution): string | undefined =>
  run.history.events.findLast(({ type }) => type.endsWith('StateEntered'))?.state;

/** A life that another has followed, of which the API tells nothing any more. */
const followed = ({ status }: FakeExecution, isOver: boolean): ToldLife => {
  if (status !== 'RUNNING' && status !== 'SUCCEEDED') return { status: 'failed' };
  return { status: isOver ? 'destroyed' : 'destroying' };
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A life as the table tells it, and so the API. */
export const toldLife = ({ tables }: ShownCloud, provision: FakeExecution, isOver: boolean): ToldLife => {
  const key = lifeKey(provision.name);
  const found = key === undefined ? undefined : tables.find(key);
  const item = found === undefined ? undefined : readLifeItem(found);
  if (item?.life !== provision.name) return followed(provision, isOver);
  const { status, reason, ready_at, deadline } = shownLife(item, new Date());
  return {
    status: status as LifeStatus,
    ...Object.fromEntries(
      Object.entries({
        reason: textOf(reason),
        readyAt: textOf(ready_at),
        deadline: textOf(deadline),
      }).filter(([, value]) => value !== undefined),
    ),
  };
};
