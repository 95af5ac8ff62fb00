import { type DestroyReason, maximumDestroys } from '../ending/destroy.ts';
import { canWaitForRun, partDestroys } from '../ending/destroy-states.ts';
import type {
  Clock,
  CurrentState,
  DestroyProgressReader,
  DestroyReader,
  Execution,
  Instance,
  InstanceReader,
  ProvisionProgressReader,
  ProvisionReader,
} from '../ports.ts';
import { deadlineOf } from './provision-input.ts';

export interface LifePorts {
  readonly provisions: ProvisionReader & ProvisionProgressReader;
  readonly destroys: DestroyReader & DestroyProgressReader;
  readonly instances: InstanceReader;
  readonly clock: Clock;
}

/** What Step Functions and EC2 say of one life. GitHub is not asked. */
export interface LifeReading {
  readonly life: string;
  readonly provision: Execution;
  /** Where the provision is while it runs. */
  readonly state?: CurrentState;
  /** For each reason the destroy that says most: one that runs or has succeeded, else the last that did not. */
  readonly destroys: readonly Execution[];
  /**
   * A destroy that has done nothing yet and may be waiting for the life's run. It is none of `destroys`, or a stranger
   * could take a runner away by asking for its end.
   */
  readonly waitingDestroy?: Execution;
  /** Those that EC2 still shows, terminated ones included. */
  readonly instances: readonly Instance[];
  /** Absent when the provision's input was not ours. */
  readonly deadline?: Date;
  readonly now: Date;
}

/** The reasons for which a life in this state can have been destroyed: each costs a call. */
const possibleReasons = (
  { status }: Execution,
  deadline: Date | undefined,
  now: Date,
): readonly DestroyReason[] => {
  const isOver = deadline === undefined || now >= deadline;
  if (status === 'RUNNING') return isOver ? ['asked', 'sweep', 'deadline'] : ['asked'];
  const ended = status === 'SUCCEEDED' ? 'ended' : 'failed';
  return isOver ? ['asked', ended, 'sweep', 'deadline'] : ['asked', ended, 'sweep'];
};

const tellingDestroy = async (
  destroys: DestroyReader,
  life: string,
  reason: DestroyReason,
): Promise<readonly Execution[]> => {
  let last: readonly Execution[] = [];
  for (let k = 1; k <= maximumDestroys; k += 1) {
    const found = await destroys.destroy(life, reason, k);
    if (found === undefined) return last;
    last = [found];
    if (found.status === 'RUNNING' || found.status === 'SUCCEEDED') return last;
  }
  return last;
};

/** A destroy with its state, where that matters: each state costs a call. */
const withState = async ({ destroys }: LifePorts, provision: Execution, destroy: Execution) => {
  const state = canWaitForRun(provision, destroy) ? await destroys.destroyState(destroy.name) : undefined;
  return state === undefined ? { destroy } : { destroy, state };
};

/** Reads a life; `undefined` when there never was one of this name. Throws AwsUnavailable or AwsRefused. */
export const readLife = async (ports: LifePorts, life: string): Promise<LifeReading | undefined> => {
  const provision = await ports.provisions.provision(life);
  if (provision === undefined) return undefined;
  const now = ports.clock();
  const deadline = deadlineOf(provision.input);
  const [state, instances, ...destroys] = await Promise.all([
    provision.status === 'RUNNING' ? ports.provisions.currentState(life) : undefined,
    ports.instances.ofLife(life),
    ...possibleReasons(provision, deadline, now).map((reason) =>
      tellingDestroy(ports.destroys, life, reason),
    ),
  ]);
  const found = destroys.flat().map((destroy) => withState(ports, provision, destroy));
  return {
    life,
    provision,
    ...partDestroys(provision, await Promise.all(found)),
    instances,
    now,
    ...(state === undefined ? {} : { state }),
    ...(deadline === undefined ? {} : { deadline }),
  };
};
