import type { DestroyMode, DestroyReason } from '../../functions/domain/ending/destroy.ts';
import type { Clock } from '../../functions/domain/ports.ts';
import type { Survey, SurveyedLife } from './survey.ts';

/** What a removal does to the lives of a deployment. */
export interface Drainage {
  survey(): Promise<Survey>;
  /** Starts a destroy of the life; `running` when one for the reason runs already. */
  destroy(
    life: string,
    reason: DestroyReason,
    mode: DestroyMode,
  ): Promise<'started' | 'running' | 'left-to-sweep'>;
  terminate(instanceIds: readonly string[]): Promise<void>;
  /** Does without a state machine what a forced destroy does: the schedule goes when nothing else is left. */
  endByHand(life: SurveyedLife): Promise<void>;
  /** Stops a destroy that only waits for what nobody waits for any more. */
  stopDestroy(name: string): Promise<void>;
}

/** Time, and whoever reads what happens. */
export interface RemovalPace {
  readonly clock: Clock;
  readonly sleep: (seconds: number) => Promise<void>;
  readonly say: (what: string) => void;
}
