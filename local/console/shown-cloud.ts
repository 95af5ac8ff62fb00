import type { LocalCloud } from '../local-cloud.ts';
import type { RationKeeper } from '../rations/ration-use.ts';
import type { Stack } from '../template/stack.ts';

/** The parts of the local cloud that the console looks at. It changes nothing by itself. */
export interface ShownCloud
  extends Pick<
    LocalCloud,
    'executions' | 'fleet' | 'github' | 'schedules' | 'faults' | 'parameters' | 'cloudWatch'
  > {
  readonly rations: RationKeeper;
  readonly tables: Pick<LocalCloud['tables'], 'find'>;
  readonly stack: Pick<Stack, 'functions' | 'stateMachines' | 'alarms'>;
  readonly control: Pick<LocalCloud['control'], 'faultServices'>;
}
