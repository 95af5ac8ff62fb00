import { defaultInvokeConfig, type StackInvokeConfig } from '../../template/stack-invoke-configs.ts';
import { type InvocationResult, nameOfFunction, qualifierOfFunction } from './function-invoker.ts';

export interface AsynchronousInvocationsOptions {
  readonly configs: readonly StackInvokeConfig[];
  readonly invoke: (functionReference: string, payload: unknown) => Promise<InvocationResult>;
  /** An event that the function has failed at for the last time; without a queue it is lost. */
  readonly onFailed: (functionReference: string, queueArn: string | undefined, event: unknown) => void;
}

interface Queued {
  readonly functionReference: string;
  readonly payload: unknown;
  readonly queuedAt: number;
  failed: number;
  throttled: number;
}

/** After a function's error: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const retrySeconds = [60, 120];

/** After a refusal of Lambda's own, from one second to five minutes. */
const throttledSeconds = (throttled: number): number => Math.min(300, 2 ** (throttled - 1));

/**
 * Lambda's queue of events that services hand over without waiting for the function's end
 * (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html).
 */
export class AsynchronousInvocations {
  readonly #options: AsynchronousInvocationsOptions;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(options: AsynchronousInvocationsOptions) {
    this.#options = options;
  }

  add(functionReference: string, payload: unknown): void {
    void this.#try({ functionReference, payload, queuedAt: Date.now(), failed: 0, throttled: 0 });
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #configOf(functionReference: string): Omit<StackInvokeConfig, 'functionName' | 'qualifier'> {
    const name = nameOfFunction(functionReference);
    const of = qualifierOfFunction(functionReference);
    return (
      this.#options.configs.find(
        ({ functionName, qualifier }) => functionName === name && qualifier === of,
      ) ?? defaultInvokeConfig
    );
  }

  async #try(queued: Queued): Promise<void> {
    const result = await this.#options.invoke(queued.functionReference, queued.payload);
    if (result.ok) return;
    if (result.isRefusal) queued.throttled += 1;
    else queued.failed += 1;
    const pauseSeconds = result.isRefusal
      ? throttledSeconds(queued.throttled)
      : retrySeconds[queued.failed - 1];
    const { retries, maximumAgeSeconds, onFailureArn } = this.#configOf(queued.functionReference);
    const endsAt = queued.queuedAt + maximumAgeSeconds * 1_000;
    const isOver =
      pauseSeconds === undefined || queued.failed > retries || Date.now() + pauseSeconds * 1_000 > endsAt;
    if (isOver) this.#options.onFailed(queued.functionReference, onFailureArn, queued.payload);
    else this.#later(pauseSeconds, queued);
  }

  #later(seconds: number, queued: Queued): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#try(queued);
    }, seconds * 1_000);
    this.#timers.add(timer);
  }
}
