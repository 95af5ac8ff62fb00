import type { LifeReading } from '../life/life-reading.ts';
import { requestedAtOf } from '../life/provision-input.ts';
import { readProvisionOutput } from '../life/provision-output.ts';
import type { CurrentState } from '../ports.ts';
import type { LifeStatus } from './life-status.ts';
import { shownStateOf } from './provision-states.ts';

const earliest = (dates: readonly (Date | undefined)[]): Date | undefined =>
  dates.filter((date) => date !== undefined).toSorted((a, b) => a.getTime() - b.getTime())[0];

/**
 * When the first of the present states was entered that mean the same to a caller; a lost round begins anew. It is
 * not known when the history that was read does not go back to a state that means something else.
 */
const inStateSince = (state: CurrentState | undefined, status: LifeStatus): Date | undefined => {
  if (state === undefined) return undefined;
  const entries = [state, ...(state.earlier ?? [])];
  const change = entries.findIndex(({ name }) => shownStateOf(name).status !== status);
  return change === -1 ? undefined : entries[change - 1]?.enteredAt;
};

const requestedSince = ({ provision }: LifeReading): Date =>
  requestedAtOf(provision.input) ?? provision.startedAt;

const readySince = ({ provision }: LifeReading): Date | undefined => {
  const output = readProvisionOutput(provision.output);
  return output === undefined ? undefined : new Date(output.readyAt);
};

const destroyingSince = ({ destroys, deadline, now }: LifeReading): Date | undefined =>
  earliest(destroys.map(({ startedAt }) => startedAt)) ??
  (deadline !== undefined && now >= deadline ? deadline : undefined);

const destroyedSince = ({ destroys }: LifeReading): Date | undefined =>
  earliest(destroys.filter(({ status }) => status === 'SUCCEEDED').map(({ stoppedAt }) => stoppedAt));

const since: Readonly<Record<LifeStatus, (reading: LifeReading) => Date | undefined>> = {
  requested: requestedSince,
  launching: ({ state }) => inStateSince(state, 'launching'),
  booting: ({ state }) => inStateSince(state, 'booting'),
  ready: readySince,
  failed: ({ provision }) => provision.stoppedAt,
  destroying: destroyingSince,
  destroyed: destroyedSince,
};

/** Since when a life has had its status, `undefined` when nothing says so. */
export const statusSince = (reading: LifeReading, status: LifeStatus): Date | undefined =>
  since[status](reading);
