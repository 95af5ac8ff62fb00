/** One event of an execution's history, in the words of GetExecutionHistory. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: Date;
  readonly type: string;
  /** The state that was entered, exited or failed. */
  readonly state?: string;
  /** JSON. */
  readonly input?: string;
  /** JSON. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

export type HistoryDetails = Omit<HistoryEvent, 'id' | 'previousEventId' | 'timestamp'>;

/** An execution's history: each event follows the one before it, for our state machines have no branches. */
export class History {
  readonly events: HistoryEvent[] = [];

  add(details: HistoryDetails): HistoryEvent {
    const previousEventId = this.events.length;
    const event = { id: previousEventId + 1, previousEventId, timestamp: new Date(), ...details };
    this.events.push(event);
    return event;
  }
}
