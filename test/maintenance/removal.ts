import { remove } from '../../maintenance/remove/remove.ts';
import type { RemoveOptions, RemoveWorld } from '../../maintenance/remove/remove-options.ts';
import type { World } from '../statemachine/world.ts';
import { surroundingsIn } from './maintained-cloud.ts';

export interface Removal {
  /** All that the command has said. */
  readonly said: readonly string[];
  /** The exit status, once there is one. */
  readonly status: () => number | undefined;
}

export interface RemovalOptions extends Partial<RemoveOptions> {
  readonly isConfirmed?: boolean;
  /** After so many pauses it is interrupted: it never wakes up again. */
  readonly pausesBeforeInterruption?: number;
}

/** Begins the removal of a world's stack. Time has to be advanced for it to get on. */
export const beginRemoval = ({ cloud }: World, options: RemovalOptions = {}): Removal => {
  const said: string[] = [];
  let status: number | undefined;
  let pauses = 0;
  const world: RemoveWorld = {
    surroundings: surroundingsIn(cloud),
    confirm: async () => options.isConfirmed ?? true,
    clock: () => new Date(),
    sleep: (seconds) => {
      pauses += 1;
      if (pauses > (options.pausesBeforeInterruption ?? Number.POSITIVE_INFINITY))
        return new Promise(() => undefined);
      return new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    },
    say: (what) => said.push(what),
  };
  const { isWaitingForJobs = false, isLeavingRegistrations = false } = options;
  const removing = remove(world, { isWaitingForJobs, isLeavingRegistrations });
  void removing.then((code) => {
    status = code;
  });
  return { said, status: () => status };
};

/** Removes a world's stack; throws when the command has not ended after so many simulated seconds. */
export const removeStackOf = async (
  world: World,
  options: RemovalOptions = {},
  limitSeconds = 7_200,
): Promise<{ readonly said: readonly string[]; readonly status: number | undefined }> => {
  const { said, status } = beginRemoval(world, options);
  await world.until(() => status() !== undefined, limitSeconds);
  return { said, status: status() };
};
