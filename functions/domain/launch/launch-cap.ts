import type { LiveRunnerPorts } from '../admission/live-lives.ts';
import { CapReached } from '../errors.ts';
import { isLive } from '../life/instance-states.ts';
import type { Execution } from '../ports.ts';

/** By their start, and by their name where two began at once: every launch sees the same order. */
const isBefore = (one: Execution, other: Execution): boolean =>
  one.startedAt.getTime() - other.startedAt.getTime() < 0 ||
  (one.startedAt.getTime() === other.startedAt.getTime() && one.name < other.name);

/**
 * Counts the live runners again right before a launch, for several requests can have been admitted at once. Lives
 * that began earlier go first, so that a flood cannot take the place of one that was admitted before it. The
 * life's own instances do not count. Throws CapReached.
 */
export const requireBelowCap = async (
  { fleet, executions }: LiveRunnerPorts,
  cap: number,
  own: Execution,
): Promise<void> => {
  const [instances, provisions] = await Promise.all([fleet.live(), executions.provisions('RUNNING')]);
  const running = new Set(provisions.map(({ name }) => name));
  const before = provisions.filter((other) => other.name !== own.name && isBefore(other, own));
  const others = new Set([
    ...before.map(({ name }) => name),
    ...instances
      .filter(isLive)
      .map(({ life }) => life)
      .filter((life) => life !== own.name && !running.has(life)),
  ]);
  if (others.size >= cap)
    throw new CapReached(
      `${others.size} other runners are live, of ${cap} that this deployment allows. Run the workflow again when others have ended.`,
    );
};
