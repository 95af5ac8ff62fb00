import type { TimeScale } from '../../time/scaled-time.ts';
import type { Bundle } from './bundle.ts';
import type { FunctionLogLine, InvocationResult } from './function-invoker.ts';

/** What a worker is started with. */
export interface WorkerData {
  readonly timeScale: TimeScale;
}

/** A function, for a worker that may not have loaded it yet. */
export interface LoadMessage {
  readonly kind: 'load';
  readonly name: string;
  readonly bundle: Bundle;
  /** The whole of its `process.env`. */
  readonly environment: Readonly<Record<string, string>>;
}

/** An invocation of a function that is loaded. */
export interface InvokeMessage {
  readonly kind: 'invoke';
  readonly name: string;
  readonly payload: unknown;
  readonly context: {
    readonly awsRequestId: string;
    readonly functionName: string;
    /** Unix milliseconds of simulated time. */
    readonly deadlineMs: number;
  };
}

/** What a worker tells: that a bundle is loaded, a line that a function wrote, or how the invocation ended. */
export type WorkerMessage =
  | { readonly kind: 'loaded' }
  | {
      readonly kind: 'log';
      readonly name: string;
      readonly level: FunctionLogLine['level'];
      readonly message: unknown;
    }
  | { readonly kind: 'ended'; readonly result: InvocationResult };
