import type { Surroundings } from '../surroundings.ts';
import type { RemovalPace } from './ports.ts';

export interface RemoveOptions {
  /** Let jobs come to their end before the stack goes. */
  readonly isWaitingForJobs: boolean;
  /** Do without GitHub's word that no registration is left. */
  readonly isLeavingRegistrations: boolean;
}

/** All that a removal has of the world. */
export interface RemoveWorld extends RemovalPace {
  readonly surroundings: Surroundings;
  /** Asks whoever sits there; `false` ends the command before anything has changed. */
  readonly confirm: (stackName: string) => Promise<boolean>;
}
