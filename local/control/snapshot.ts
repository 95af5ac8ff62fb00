/** The whole of the simulated cloud, as `GET /_local/state` shows it. Times are ISO 8601, simulated. */
export interface Snapshot {
  readonly now: string;
  readonly instances: readonly InstanceSnapshot[];
  readonly registrations: readonly RegistrationSnapshot[];
  readonly schedules: readonly { readonly name: string; readonly at: string }[];
  readonly executions: readonly ExecutionSnapshot[];
  readonly jobs: readonly JobSnapshot[];
}

export interface InstanceSnapshot {
  readonly instance_id: string;
  readonly state: string;
  /** The life, `null` for an instance without one. */
  readonly runner: string | null;
  readonly market: 'spot' | 'on-demand';
  readonly instance_type: string;
  readonly launched_at: string;
}

export interface RegistrationSnapshot {
  readonly id: number;
  readonly name: string;
  readonly status: 'online' | 'offline';
  readonly busy: boolean;
  readonly labels: readonly string[];
}

export interface ExecutionSnapshot {
  readonly name: string;
  readonly state_machine: string;
  readonly status: string;
  readonly started_at: string;
  /** The error's name, `null` when there is none. */
  readonly error: string | null;
}

export interface JobSnapshot {
  readonly id: number;
  readonly run_id: number;
  readonly labels: readonly string[];
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion: 'success' | 'failure' | null;
  /** The registered name of the runner that took the job. */
  readonly runner: string | null;
}

/** One event of an execution's history, its data as values. */
export interface ExecutionHistoryEvent {
  readonly id: number;
  /** ISO 8601, simulated. */
  readonly at: string;
  /** In the words of GetExecutionHistory. */
  readonly type: string;
  readonly state?: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

/** An execution with all that it was given, did and gave. */
export interface ExecutionDetail {
  readonly name: string;
  readonly state_machine: string;
  readonly status: string;
  readonly started_at: string;
  readonly stopped_at?: string;
  readonly input: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  readonly events: readonly ExecutionHistoryEvent[];
}
