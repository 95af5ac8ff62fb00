import type { DestroyMode, DestroyReason } from '../../functions/domain/ending/destroy.ts';
import type { Clock } from '../../functions/domain/ports.ts';
import type { Survey } from './survey.ts';

/** What a removal does to the lives of a deployment. */
export interface Drainage {
  survey(): Promise<Survey>;
  /** Starts a destroy of the life; `running` when one for the reason runs already. */
  destroy(
    life: string,
    reason: DestroyReason,
    mode: DestroyMode,
  ): Promise<'started' | 'running' | 'left-to-sweep'>;
  /** Ends machines that no state machine knows, for their tags say no life. */
  terminate(instanceIds: readonly string[]): Promise<void>;
  /** Stops a destroy that only waits for what nobody waits for any more. */
  stopDestroy(name: string): Promise<void>;
}

/** Time, and whoever reads what happens. */
export interface RemovalPace {
  readonly clock: Clock;
  readonly sleep: (seconds: number) => Promise<void>;
  readonly say: (what: string) => void;
}
