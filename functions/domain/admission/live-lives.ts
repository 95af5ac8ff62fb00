import type { Problem } from '../api/problem.ts';
import { isLive } from '../life/instance-states.ts';
import type { Clock, ExecutionLister, FleetReader } from '../ports.ts';
import { addSeconds } from '../timing.ts';
import type { AdmissionRequest, AdmissionRule } from './admission.ts';

export interface LiveRunnerPorts {
  readonly fleet: FleetReader;
  readonly executions: Pick<ExecutionLister, 'provisions'>;
}

/** The lives that have, or may soon have, an instance: each counts once. */
export const liveLives = async ({ fleet, executions }: LiveRunnerPorts): Promise<ReadonlySet<string>> => {
  const [instances, provisions] = await Promise.all([fleet.live(), executions.provisions('RUNNING')]);
  return new Set([
    ...instances.filter(isLive).map(({ life }) => life),
    ...provisions.map(({ name }) => name),
  ]);
};

/** A rule about the lives that are live: the refusal, if it refuses. */
export type LiveRule = (request: AdmissionRequest, live: ReadonlySet<string>) => Problem | undefined;

/** For how long what a refusal was based on is taken for true: a flood must not ask AWS each time. */
export const refusedMemorySeconds = 5;

/** The rules over one reading of the lives, for each costs two calls. */
export const liveRules = (
  ports: LiveRunnerPorts,
  rules: readonly LiveRule[],
  clock: Clock,
): AdmissionRule => {
  let refused: { readonly live: ReadonlySet<string>; readonly until: Date } | undefined;
  const refusal = (request: AdmissionRequest, live: ReadonlySet<string>): Problem | undefined =>
    rules.map((rule) => rule(request, live)).find((problem) => problem !== undefined);
  return {
    admit: async (request) => {
      const isKnown = refused !== undefined && clock() < refused.until;
      const known = isKnown && refused !== undefined ? refusal(request, refused.live) : undefined;
      if (known !== undefined) throw known;
      const live = await liveLives(ports);
      const problem = refusal(request, live);
      if (problem === undefined) return;
      refused = { live, until: addSeconds(clock(), refusedMemorySeconds) };
      throw problem;
    },
  };
};
