import { sweepIntervalMinutes } from '../../functions/domain/timing.ts';
import type { Config } from '../../infra/config.ts';

/** CloudWatch and the alarm take so long to see what a sweep has written, and the switch is remembered meanwhile. */
const alarmMinutes = 10;

type Limits = Pick<Config, 'runnerHoursPerDay' | 'liveRunnerCap' | 'lifetimeMinutes'>;

/**
 * What runners can cost in 24 hours at most, in machine-hours: the budget, and then, for as many as the cap allows,
 * until it is noticed that it is used up, and to the end of their lifetime.
 */
export const mostRunnerHoursADay = ({ runnerHoursPerDay, liveRunnerCap, lifetimeMinutes }: Limits): number =>
  runnerHoursPerDay + (liveRunnerCap * (lifetimeMinutes + sweepIntervalMinutes + alarmMinutes)) / 60;
