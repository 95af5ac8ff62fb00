import type { Admission } from './admission.ts';
import { isLive } from './instance-states.ts';
import type { Clock, ExecutionLister, FleetReader } from './ports.ts';
import { Problem } from './problem.ts';
import { addSeconds } from './timing.ts';

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

/** For how long a full deployment is taken for full: a flood must not ask AWS each time. */
export const fullMemorySeconds = 5;

const refusal = (live: number, newLives: number, cap: number): Problem =>
  new Problem(
    'limit-reached',
    `${live} runners are live and ${newLives} more are asked for, of ${cap} that this deployment allows. ` +
      'Ask again when others have ended, or destroy runners that are not needed.',
    { rule: 'live-runner-cap', retryAfterSeconds: capRetrySeconds },
  );

/** Refuses what would take the deployment over its cap on live runners. */
export const liveRunnerCap = (ports: LiveRunnerPorts, cap: number, clock: Clock): Admission => {
  let full: { readonly live: number; readonly until: Date } | undefined;
  return {
    admit: async ({ newLives }) => {
      const known = full !== undefined && clock() < full.until ? full.live : undefined;
      const isKnownFull = known !== undefined && known + newLives > cap;
      const live = isKnownFull ? known : (await liveLives(ports)).size;
      if (live + newLives <= cap) return;
      if (!isKnownFull) full = { live, until: addSeconds(clock(), fullMemorySeconds) };
      throw refusal(live, newLives, cap);
    },
  };
};
