import { calm, type LifePlan, type WorldPlan } from './plan.ts';

/** A life that the exhaustive campaign repeats, and how it ends when nothing is wrong. */
export interface Baseline {
  readonly path: string;
  readonly plan: WorldPlan;
}

const job = { at: 45, durationSeconds: 120, isHostile: false };

const worldOf = (path: string, life: Partial<LifePlan>, rest: Partial<WorldPlan> = {}): Baseline => ({
  path,
  plan: {
    seed: `exhaustive/${path}`,
    lives: [{ index: 0, label: 'rr_runner_0', architecture: 'x86_64', at: 0, ...life }],
    faults: [],
    planted: [],
    circumstances: calm,
    without: [],
    hasBystanders: false,
    ...rest,
  },
});

const shortage = {
  service: 'ec2',
  operation: 'RunInstances',
  error: 'InsufficientInstanceCapacity',
  where: { market: 'spot' },
  times: 99,
};

/** Every path that a life can take. */
export const baselines: readonly Baseline[] = [
  worldOf('spot', { job }),
  worldOf('on-demand', { job }, { planted: [shortage] }),
  worldOf(
    'lost and relaunched',
    { job: { ...job, at: 120 } },
    {
      planted: [{ service: 'machine', operation: 'run', error: 'Server.SpotInstanceTermination', times: 1 }],
    },
  ),
  worldOf('destroyed early', { destroyAt: 20 }),
  worldOf('deadline', {}),
];
