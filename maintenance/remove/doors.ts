import type { StageThrottle } from '../stage-throttle.ts';

export interface DoorPorts {
  readonly throttle: Pick<StageThrottle, 'close'>;
  /** Sets the switch; one that is gone stays gone. */
  readonly setSwitch: (position: string) => Promise<void>;
}

/** What refused callers read while the doors close one after the other. */
const closed = 'closed: this deployment is being removed';

/** Lets no new request in. The switch comes first, for it says why; the throttle then spares the functions. */
export const closeDoors = async ({ throttle, setSwitch }: DoorPorts): Promise<void> => {
  await setSwitch(closed);
  await throttle.close();
};
