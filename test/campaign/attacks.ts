import type { Layer } from './layers.ts';
import type { LifePlan, PlannedFault } from './plan.ts';

const lifetimeSeconds = 3_600;

/** When lives are due to end, in seconds of the world. */
export const deadlinesOf = (lives: readonly LifePlan[]): readonly number[] =>
  lives.flatMap(({ at, againAt }) => [
    at + lifetimeSeconds,
    ...(againAt === undefined ? [] : [at + againAt + lifetimeSeconds]),
  ]);

/** The time around a deadline in which a destroy must get through. */
const before = 60;
const after = 1_500;

const meetsDeadline = ({ from, seconds = 0 }: PlannedFault, deadlines: readonly number[]): boolean =>
  deadlines.some((deadline) => from + seconds >= deadline - before && from <= deadline + after);

const isStep = (stem: string): boolean =>
  ['*', 'terminate-instances', 'deregister-runner', 'check-gone', 'delete-schedule'].includes(stem);

/** Fewer failures in a row than these are what retries are for. */
const retried = 3;

const lambdaAttacks = (fault: Extract<PlannedFault, { type: 'lambda' }>): readonly Layer[] => {
  const isShort = fault.seconds === undefined && (fault.strikes ?? 1) <= retried;
  if (isShort) return [];
  const ofSweep: readonly Layer[] = fault.stem === 'sweep' ? ['sweep'] : [];
  return isStep(fault.stem) ? ['schedule', 'sweep'] : ofSweep;
};

const wireAttacks = (fault: Extract<PlannedFault, { type: 'wire' }>): readonly Layer[] =>
  fault.service === 'states' && fault.seconds !== undefined ? ['schedule', 'sweep'] : [];

/**
 * The layers that a fault attacks: those that may, because of it, not end a machine in time. GitHub attacks
 * none, for no machine's end may depend on it; an outage of EC2's is allowed for by the checker.
 */
export const attacksOf = (fault: PlannedFault, lives: readonly LifePlan[]): readonly Layer[] => {
  if (fault.type === 'silence') return [fault.layer];
  if (!meetsDeadline(fault, deadlinesOf(lives))) return [];
  return fault.type === 'lambda' ? lambdaAttacks(fault) : wireAttacks(fault);
};
