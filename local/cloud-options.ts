import type { Tables } from './aws/dynamodb/state.ts';
import type { FakeInstance, FleetOptions } from './aws/ec2/state.ts';
import type { CloudEvent } from './aws/events/event-bus.ts';
import type { Decision } from './aws/iam/denial.ts';
import type { FunctionInvoker, OnFunctionLog } from './aws/lambda/function-invoker.ts';
import type { FakeSchedule } from './aws/scheduler/state.ts';
import type { HistoryEvent } from './aws/step-functions/engine/history.ts';
import type { DeployedCredential } from './github/deployed-credential.ts';
import type { GitHubOptions } from './github/state.ts';
import type { WebhookOptions } from './github/webhook.ts';
import type { RationOptions } from './rations/cloud-rations.ts';
import type { Stack } from './template/stack.ts';
import type { FrontDoor, FrontDoorOptions, RecordedCall, WireExchange } from './wire/front-door.ts';

/** What happens in the cloud, for whoever watches. */
export interface CloudWatcher {
  readonly onCall?: (recorded: RecordedCall) => void;
  readonly onExchange?: (exchange: WireExchange) => void;
  readonly onStateEvent?: (
    execution: { readonly name: string; readonly stateMachine: string },
    event: HistoryEvent,
  ) => void;
  /** An instance has entered a state. */
  readonly onInstance?: (instance: FakeInstance) => void;
  /** A message that nobody took, and the queue that it is in; `undefined` when it is lost. */
  readonly onDeadLetter?: (queueArn: string | undefined, payload: unknown) => void;
  /** Whether the template's policies allow something that was asked for. */
  readonly onDecision?: (decision: Decision) => void;
}

/** Which of the layers that end a machine work, for a simulation that takes some away. */
export interface Layers {
  readonly isShutdownOn?: () => boolean;
  readonly isScheduleOn?: () => boolean;
  readonly isSweepOn?: () => boolean;
}

/** What a simulation can make worse than it usually is. */
export interface Misfortunes extends Pick<FrontDoorOptions, 'intercept'> {
  /** After how many seconds an event is delivered, once for each; none when it is lost. */
  readonly deliveries?: (event: CloudEvent) => readonly number[];
  /** How many seconds after its time a schedule fires, once for each. */
  readonly firings?: (schedule: FakeSchedule) => readonly number[];
  /** How far a machine's own clock is ahead. */
  readonly machineAheadSeconds?: () => number;
}

export interface LocalCloudOptions {
  readonly stack: Stack;
  /** Makes what runs the stack's functions, which call the cloud through the door; the cloud reads what they log. */
  readonly functions: (door: FrontDoor, onLog: OnFunctionLog) => FunctionInvoker | Promise<FunctionInvoker>;
  /** From `running` to the runner's connection, in simulated seconds; 20 unless told otherwise. */
  readonly bootSeconds?: () => number;
  readonly fleet?: Omit<FleetOptions, 'onState'>;
  readonly github?: GitHubOptions;
  /** Those of the stack, for whoever makes them before virtual time begins. */
  readonly tables?: Tables;
  readonly layers?: Layers;
  readonly misfortunes?: Misfortunes;
  readonly watcher?: CloudWatcher;
  /** What the deployment's secret holds and GitHub knows; a token unless told otherwise. */
  readonly credential?: DeployedCredential;
  /** The webhook that a maintainer has given the App; none unless told otherwise. */
  readonly webhook?: WebhookOptions;
  /** Whether the template's policies are enforced; they are unless told otherwise. */
  readonly isAuthorizing?: boolean;
  /** What AWS and GitHub ration; a new account's unless told otherwise. */
  readonly rations?: Partial<RationOptions>;
}
