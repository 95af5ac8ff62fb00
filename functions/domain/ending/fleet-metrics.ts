import { isLive } from '../life/instance-states.ts';
import { type MachineClasses, seatsOf } from '../machine-class.ts';
import type { Measure } from '../metrics.ts';
import type { Instance } from '../ports.ts';
import { addSeconds, sweepIntervalMinutes } from '../timing.ts';
import { isLeftByOthers, type Orphan } from './sweep.ts';

export interface Swept {
  /** Absent while EC2 is silent, when nobody knows how many there are. */
  readonly instances?: readonly Instance[];
  readonly lives: number;
  readonly orphans: readonly Orphan[];
  /** The sources that did not answer. */
  readonly silent: readonly string[];
}

/** Writes what a sweep has seen into the metrics that the dashboard, the alarms and the budget watch. */
export const measureFleet = (
  measure: Measure,
  now: Date,
  classes: MachineClasses,
  { instances, lives, orphans, silent }: Swept,
): void => {
  const left = orphans.filter(isLeftByOthers).length;
  measure('OrphansFound', left, {}, { decision: 'swept', lives, orphans: orphans.length });
  measure('SourcesSilent', silent.length, {}, { decision: 'compared', silent: silent.join() });
  if (instances === undefined) return;
  const live = instances.filter(isLive);
  measure('RunnersLive', live.length, {});
  // The first interval of each has been counted at its launch.
  const counted = addSeconds(now, -sweepIntervalMinutes * 60);
  const older = live.filter(({ launchedAt }) => launchedAt <= counted);
  const seats = older.reduce((sum, instance) => sum + seatsOf(classes, instance.class), 0);
  measure('RunnerHours', (seats * sweepIntervalMinutes) / 60, {});
};
