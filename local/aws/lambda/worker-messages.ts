import type { TimeScale } from '../../time/scaled-time.ts';
import type { Bundle } from './bundle.ts';
import type { FunctionLogLine, InvocationResult } from './function-invoker.ts';

/** What a worker is started with. */
export interface WorkerData {
  readonly bundle: Bundle;
  readonly timeScale: TimeScale;
}

/** What a worker is told. */
export interface InvokeMessage {
  readonly payload: unknown;
  readonly context: {
    readonly awsRequestId: string;
    readonly functionName: string;
    /** Unix milliseconds of simulated time. */
    readonly deadlineMs: number;
  };
}

/** What a worker tells: that its bundle is loaded, a line that the function wrote, or how the invocation ended. */
export type WorkerMessage =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'log'; readonly level: FunctionLogLine['level']; readonly message: unknown }
  | { readonly kind: 'ended'; readonly result: InvocationResult };
