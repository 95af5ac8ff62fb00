import type { Admission } from './admission.ts';
import { isLive } from './instance-states.ts';
import type { ExecutionLister, FleetReader } from './ports.ts';
import { Problem } from './problem.ts';

export interface LiveRunnerPorts {
  readonly fleet: FleetReader;
  readonly executions: Pick<ExecutionLister, 'provisions'>;
}

/** A runner lives for an hour at most, and most for minutes. */
const capRetrySeconds = 60;

/** The lives that have, or may soon have, an instance: each counts once. */
export const liveLives = async ({ fleet, executions }: LiveRunnerPorts): Promise<ReadonlySet<string>> => {
  const [instances, provisions] = await Promise.all([fleet.live(), executions.provisions('RUNNING')]);
  return new Set([
    ...instances.filter(isLive).map(({ life }) => life),
    ...provisions.map(({ name }) => name),
  ]);
};

/** Refuses what would take the deployment over its cap on live runners. */
export const liveRunnerCap = (ports: LiveRunnerPorts, cap: number): Admission => ({
  admit: async ({ newLives }) => {
    const live = (await liveLives(ports)).size;
    if (live + newLives <= cap) return;
    throw new Problem(
      'limit-reached',
      `${live} runners are live and ${newLives} more are asked for, of ${cap} that this deployment allows. ` +
        'Ask again when others have ended, or destroy runners that are not needed.',
      { rule: 'live-runner-cap', retryAfterSeconds: capRetrySeconds },
    );
  },
});
