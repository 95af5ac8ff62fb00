import type { Architecture } from '../../functions/domain/architecture.ts';
import type { DestroyReason } from '../../functions/domain/ending/destroy.ts';
import type { LifeStatus } from '../../functions/domain/life/life-item.ts';
import type { Market } from '../../functions/domain/ports.ts';
import type { Drawing } from './drawing.ts';

/** Simulated, in milliseconds since 1970. */
export type Moment = number;

export interface ShownInstance {
  readonly id: string;
  readonly state: string;
  readonly market: Market;
  readonly instanceType: string;
  readonly availabilityZone: string;
  readonly launchedAt: Moment;
  readonly endedAt?: Moment;
  readonly stateReason?: string;
}

export interface ShownRegistration {
  readonly id: number;
  readonly name: string;
  readonly life?: string;
  readonly isOnline: boolean;
  /** As GitHub shows it, which is stale. */
  readonly isBusy: boolean;
  readonly labels: readonly string[];
}

export interface ShownJob {
  readonly id: number;
  readonly runId: number;
  readonly labels: readonly string[];
  readonly status: 'queued' | 'in_progress' | 'completed';
  readonly conclusion: 'success' | 'failure' | null;
  /** The registered name of the runner that took it. */
  readonly runner: string | null;
  readonly life?: string;
  readonly durationSeconds: number;
  readonly startedAt?: Moment;
  readonly endedAt?: Moment;
}

export interface ShownRun {
  readonly id: number;
  /** `owner/name`. */
  readonly repository: string;
  readonly attempt: number;
  readonly status: string;
}

export interface ShownSchedule {
  readonly name: string;
  readonly at: Moment;
}

export interface ShownExecution {
  readonly name: string;
  readonly stateMachine: string;
  readonly role: 'provision' | DestroyReason;
  readonly status: string;
  /** The state that it entered last. */
  readonly state?: string;
  readonly startedAt: Moment;
  readonly stoppedAt?: Moment;
  readonly error?: string;
  /** Rises with every event: a history that was read with fewer is not the whole one. */
  readonly eventCount: number;
}

/** An injected fault. The page knows nothing of the simulated cloud's own types, which are Node's. */
export interface ShownFault {
  readonly service: string;
  /** `*` for any. */
  readonly operation: string;
  readonly error: string;
  readonly where?: Readonly<Record<string, string>>;
}

/** Something that AWS or GitHub rations, once it was used. */
export interface ShownRation {
  readonly service: string;
  readonly operation: string;
  /** Whole ones that are left; below zero when calls wait for their turns. */
  readonly tokens: number;
  readonly size: number;
  readonly total: number;
  readonly refused: number;
}

/** An alarm on a metric of the stack's own, with the metric's sum over the alarm's window. */
export interface ShownAlarm {
  readonly name: string;
  readonly state: string;
  readonly metric: string;
  readonly value: number;
  readonly threshold: number;
  readonly periodSeconds: number;
}

/** A line that a function wrote. */
export interface ShownLogLine {
  /** Counts all lines since the start, from 1. */
  readonly number: number;
  readonly at: Moment;
  readonly functionName: string;
  readonly level: string;
  /** The message in words. */
  readonly text: string;
  readonly message: unknown;
}

/** One life with all that was made for it. */
export interface ShownLife {
  readonly name: string;
  readonly label: string;
  readonly architecture: Architecture;
  readonly n: number;
  /** As the HTTP API tells it. */
  readonly status: LifeStatus;
  /** What it waits for, or why it failed. */
  readonly reason?: string;
  /** Whether nothing of it is left. */
  readonly isOver: boolean;
  readonly requestedAt: Moment;
  readonly readyAt?: Moment;
  readonly deadline?: Moment;
  readonly instances: readonly ShownInstance[];
  /** Oldest first. */
  readonly executions: readonly ShownExecution[];
}

export interface ConsoleSettings {
  readonly labelPrefix: string;
  readonly maximumLabelLength: number;
  /** The services in which faults can be injected. */
  readonly faultServices: readonly string[];
  /** The name of the parameter that opens and closes admission. */
  readonly admissionParameter: string;
}

/** All that the page shows, by its parts. */
export interface ConsoleState {
  readonly settings: ConsoleSettings;
  readonly drawings: readonly Drawing[];
  /** Newest first. */
  readonly lives: readonly ShownLife[];
  readonly registrations: readonly ShownRegistration[];
  /** The workflow runs that GitHub knows, oldest first. */
  readonly runs: readonly ShownRun[];
  /** Newest first. */
  readonly jobs: readonly ShownJob[];
  readonly schedules: readonly ShownSchedule[];
  readonly faults: readonly ShownFault[];
  readonly rations: readonly ShownRation[];
  /** `open`, or whatever else the operator's switch says. */
  readonly admission: string;
  readonly alarms: readonly ShownAlarm[];
  /** Rises with every line that a function writes. */
  readonly logCount: number;
}

/** What one event carries: the clock, and the parts that have changed since the event before. */
export type ConsoleEvent = Partial<ConsoleState> & {
  readonly now: Moment;
  /** Simulated seconds for each real one. */
  readonly speed: number;
};
