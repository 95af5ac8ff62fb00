import { attemptLaunch, type LaunchInput } from '../../../functions/domain/launch/launch.ts';
import type { Refusal } from '../../../functions/domain/life/provision.ts';
import type {
  ExecutionStatus,
  LaunchAnswer,
  LaunchRequest,
  Market,
} from '../../../functions/domain/ports.ts';
import { classes } from './classes.ts';
import { deadline, deployment, firstRound, later, provisionInput, requestedAt, runner } from './life.ts';
import { fakeTable } from './table.ts';

const pool = (zone: string) => ({
  instanceType: 'c5.9xlarge',
  availabilityZone: `us-east-2${zone}`,
  subnetId: `subnet-${zone}`,
});

export const launchInput: LaunchInput = {
  ...provisionInput,
  image: { id: 'ami-1' },
  round: firstRound,
  runner,
  search: {
    round: 1,
    pools: [pool('a'), pool('b')],
    poolIndex: 0,
    since: requestedAt.toISOString(),
    refusals: [],
    next: 'spot',
  },
};

export interface LaunchScene {
  readonly answer?: LaunchAnswer;
  readonly status?: ExecutionStatus | 'none';
  /** When the schedule fires, `none` when there is no schedule. */
  readonly scheduledAt?: Date | 'none';
  /** When the execution began. */
  readonly startedAt?: Date;
  /** Seats for live runners; two unless told otherwise. */
  readonly cap?: number;
  /** Lives that have one of them. */
  readonly seated?: readonly string[];
  /** Since the request. */
  readonly seconds?: number;
}

/** A launch step over ports that answer as the scene says, and record what EC2 was asked. */
export const launchIn = (market: Market, scene: LaunchScene = {}) => {
  const seats = (scene.seated ?? []).map((life, index) => ({ pk: 'seats#cap', sk: `000${index}`, life }));
  const { table, items } = fakeTable(...seats);
  const requests: LaunchRequest[] = [];
  const measured: string[] = [];
  const remembered: Refusal[] = [];
  const {
    answer = { kind: 'launched', instanceId: 'i-1' },
    status = 'RUNNING',
    scheduledAt = deadline,
  } = scene;
  const ports = {
    launcher: {
      launch: async (request: LaunchRequest) => {
        requests.push(request);
        return answer;
      },
    },
    unsealer: { unseal: async () => 'cGxhaW4=' },
    provisions: {
      provision: async (name: string) =>
        status === 'none' ? undefined : { name, status, startedAt: scene.startedAt ?? requestedAt },
    },
    schedules: { startsAt: async () => (scheduledAt === 'none' ? undefined : scheduledAt) },
    table,
    clock: () => later(scene.seconds ?? 10),
    measure: (name: string, value: number) => void measured.push(`${name} ${value}`),
    remember: async (refusal: Refusal) => void remembered.push(refusal),
  };
  return {
    requests,
    measured,
    remembered,
    items,
    step: attemptLaunch(
      ports,
      { deployment, bootScript: '', liveRunnerCap: scene.cap ?? 2, classes },
      market,
    ),
  };
};
