import type { FunctionInvoker, InvocationResult } from './function-invoker.ts';

/** The stack's functions, which come last: they need the cloud that they call. */
export class LateFunctions implements FunctionInvoker {
  #invoker: FunctionInvoker | undefined;

  attach(invoker: FunctionInvoker): void {
    this.#invoker = invoker;
  }

  invoke(functionReference: string, payload: unknown): Promise<InvocationResult> {
    if (this.#invoker === undefined) return Promise.reject(new Error('The functions are not attached yet'));
    return this.#invoker.invoke(functionReference, payload);
  }

  async close(): Promise<void> {
    await this.#invoker?.close();
  }
}
