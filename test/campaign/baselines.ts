import type { Fault } from '../../local/wire/faults.ts';
import { type Circumstances, calm, type LifePlan } from './plan.ts';

/** A life that the exhaustive campaign repeats. */
export interface Baseline {
  readonly path: string;
  readonly life: Omit<LifePlan, 'index' | 'label' | 'architecture' | 'at'>;
  readonly injected: readonly Fault[];
}

const job = { at: 45, durationSeconds: 120, isHostile: false };

const shortage: Fault = {
  service: 'ec2',
  operation: 'RunInstances',
  error: 'InsufficientInstanceCapacity',
  where: { market: 'spot' },
  seconds: 86_400,
};

/** Every path that a life can take. */
export const baselines: readonly Baseline[] = [
  { path: 'spot', life: { job }, injected: [] },
  { path: 'on-demand', life: { job }, injected: [shortage] },
  // Its spot instance is taken away while it boots.
  { path: 'lost and relaunched', life: { job: { ...job, at: 120 }, interruptionAt: 8 }, injected: [] },
  { path: 'destroyed early', life: { destroyAt: 20 }, injected: [] },
  { path: 'deadline', life: {}, injected: [] },
];

/** Nothing is wrong, and every machine boots as fast as the others: what is repeated is the same. */
export const repeatable: Circumstances = { ...calm, bootSeconds: 0 };
