import { runOf } from '../life/provision-input.ts';
import type { Execution } from '../ports.ts';

/**
 * The states of destroy-runner in which nothing has been done to the life yet: it asks whether the provision and the
 * run still need it, or begins again after a silence.
 */
export const statesBeforeTheEnd: ReadonlySet<string> = new Set([
  'IsForced',
  'CheckProvision',
  'IsProvisionOver',
  'WaitForProvision',
  'WaitForAnswers',
  'CheckRun',
  'IsRunOver',
  'WaitForRun',
]);

/** Whether a destroy of the life can be waiting for its run: only then its state must be known. */
export const canWaitForRun = (provision: Execution, { status }: Execution): boolean =>
  status === 'RUNNING' && runOf(provision.input) !== undefined;

/** The destroys of a life as they count, beside the states of those that can be waiting. */
export const partDestroys = (
  provision: Execution,
  destroys: readonly { readonly destroy: Execution; readonly state?: string }[],
): { readonly destroys: readonly Execution[]; readonly waitingDestroy?: Execution } => {
  const isWaiting = ({ destroy, state }: (typeof destroys)[number]): boolean =>
    canWaitForRun(provision, destroy) && state !== undefined && statesBeforeTheEnd.has(state);
  const waiting = destroys.find(isWaiting)?.destroy;
  return {
    destroys: destroys.filter((one) => !isWaiting(one)).map(({ destroy }) => destroy),
    ...(waiting === undefined ? {} : { waitingDestroy: waiting }),
  };
};
