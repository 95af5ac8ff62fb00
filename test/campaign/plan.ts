import type { Fault } from '../../local/wire/faults.ts';
import type { LambdaFaultKind } from './lambda-faults.ts';
import type { Layer } from './layers.ts';
import type { WireFaultKind } from './wire-faults.ts';

/** A job for a life's runner; times are seconds after the request. */
export interface JobPlan {
  readonly at: number;
  readonly durationSeconds: number;
  readonly isHostile: boolean;
}

/** What the world wants of one life. Times are seconds after the request, but `at`, which is the world's. */
export interface LifePlan {
  /** The number by which the life is replayed. */
  readonly index: number;
  readonly label: string;
  readonly architecture: 'x86_64' | 'arm64';
  /** When it is asked for. */
  readonly at: number;
  readonly job?: JobPlan;
  /** When its caller asks for its destroy. */
  readonly destroyAt?: number;
  /** When the same label is asked for again. */
  readonly againAt?: number;
  /** When an operator stops whatever of the life runs in the state machine. */
  readonly stopAt?: { readonly at: number; readonly stateMachine: 'provision' | 'destroy' };
  /** When AWS takes the life's spot instances away. */
  readonly interruptionAt?: number;
  /** When an operator terminates the life's instances by hand. */
  readonly terminationAt?: number;
}

/** Something that goes wrong. `from` is in seconds of the world. */
export type PlannedFault =
  /** The next calls that fit meet the fault: all of them for `seconds`, or so many of them. */
  | {
      readonly type: 'wire';
      readonly kind: WireFaultKind;
      readonly service: string;
      /** `*` for any. */
      readonly operation: string;
      readonly from: number;
      /** Whose calls it meets; absent for everybody's. */
      readonly life?: string;
      /** So many that fit go by first. */
      readonly after?: number;
      readonly strikes?: number;
      readonly seconds?: number;
      /** It strikes every call that fits from its first strike on, for so many seconds. */
      readonly lastsSeconds?: number;
    }
  /** The same, of a function's invocations. */
  | {
      readonly type: 'lambda';
      readonly kind: LambdaFaultKind;
      /** The stem of the function's file; `*` for any. */
      readonly stem: string;
      readonly from: number;
      /** Whose calls it meets; absent for everybody's. */
      readonly life?: string;
      /** So many that fit go by first. */
      readonly after?: number;
      readonly strikes?: number;
      readonly seconds?: number;
    }
  /** The sweep does not fire, or schedules that are due do not. */
  | {
      readonly type: 'silence';
      readonly layer: 'sweep' | 'schedule';
      readonly from: number;
      readonly seconds: number;
    };

/** What is wrong all the time. */
export interface Circumstances {
  /** EC2's descriptions lag by up to so many seconds. */
  readonly ec2LagSeconds: number;
  /** GitHub's lists lag by up to so many seconds. */
  readonly listLagSeconds: number;
  /** GitHub shows a runner with a job as idle for up to so many seconds. */
  readonly staleBusySeconds: number;
  /** A machine takes up to so many seconds to bring its runner online. */
  readonly bootSeconds: number;
  /** How far the functions' clocks are ahead of the cloud's; negative when they are behind. */
  readonly functionsAheadSeconds: number;
  readonly machinesAheadSeconds: number;
  /** How probable it is that an event is lost, comes twice or comes late. */
  readonly eventTrouble: number;
  /** How probable it is that a schedule fires twice. */
  readonly doubleFiring: number;
}

/** A world: lives that share a cloud, and what goes wrong there. */
export interface WorldPlan {
  /** Follows from the campaign's seed and the world's number; all further chance follows from it. */
  readonly seed: string;
  readonly lives: readonly LifePlan[];
  readonly faults: readonly PlannedFault[];
  /** Injected in the cloud's own plan before the first request: shortages, and machines that fail. */
  readonly injected: readonly Fault[];
  readonly circumstances: Circumstances;
  /** The layers that are taken away. */
  readonly without: readonly Layer[];
  /** The layer that no fault attacks; absent when none is left. */
  readonly keptLayer?: Layer;
  /** Strangers' machines and registrations that nobody may touch. */
  readonly hasBystanders: boolean;
}

/** Nothing is wrong. */
export const calm: Circumstances = {
  ec2LagSeconds: 2,
  listLagSeconds: 0,
  staleBusySeconds: 45,
  bootSeconds: 20,
  functionsAheadSeconds: 0,
  machinesAheadSeconds: 0,
  eventTrouble: 0,
  doubleFiring: 0,
};
