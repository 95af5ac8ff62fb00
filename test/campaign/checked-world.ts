import { type CheckedLife, check, type Finding } from './checker.ts';
import type { WorldPlan } from './plan.ts';
import { runWorld, type WorldOptions } from './world.ts';

/** What came of a world, small enough to be sent from thread to thread. */
export interface WorldResult {
  readonly lives: readonly CheckedLife[];
  readonly findings: readonly Finding[];
  readonly faults: number;
  readonly kinds: readonly string[];
}

/** Whether nothing at all was to go wrong, and no caller to change its mind. */
const isCalm = ({ faults, injected, lives, circumstances }: WorldPlan): boolean =>
  faults.length === 0 &&
  injected.length === 0 &&
  circumstances.eventTrouble === 0 &&
  lives.every(
    ({ destroyAt, stopAt, interruptionAt, terminationAt }) =>
      destroyAt === undefined &&
      stopAt === undefined &&
      interruptionAt === undefined &&
      terminationAt === undefined,
  );

export interface CheckedWorldOptions extends WorldOptions {
  /** Whether every life must get ready, faults or not; a world without faults always must. */
  readonly mustGetReady?: boolean;
}

/** Runs a world and checks it. */
export const checkedWorld = async (options: CheckedWorldOptions): Promise<WorldResult> => {
  const { plan, mustGetReady = isCalm(plan) } = options;
  const { circumstances, without } = plan;
  const evidence = await runWorld(options);
  const { findings, lives } = check(evidence, {
    countLeftovers: without.length < 2,
    mustGetReady,
    expectedLives: plan.lives.length,
    // A machine counts whole seconds.
    clockToleranceSeconds:
      1 + Math.abs(circumstances.functionsAheadSeconds) + Math.abs(circumstances.machinesAheadSeconds),
  });
  return {
    lives,
    findings,
    faults: evidence.strikes.length,
    kinds: [...new Set(evidence.strikes.map(({ kind }) => kind))],
  };
};
