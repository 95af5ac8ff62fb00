import middy from '@middy/core';
import { lambdaRuntime, type Runtime } from './runtime.ts';

/** Binds a function's ports to a runtime. */
export type Assemble<Input, Output> = (runtime: Runtime) => (input: Input) => Promise<Output>;

/**
 * The Lambda entry of an assembled function. The assembly waits for the first invocation, so that importing
 * reads nothing, and is kept for those that follow. A failure is logged by its name before it leaves: the
 * caller gets `errorType` and `errorMessage`.
 */
export const lambda = <Input, Output>(
  assemble: Assemble<Input, Output>,
  runtimeOf: () => Runtime = lambdaRuntime,
) => {
  let assembled: { run: (input: Input) => Promise<Output>; runtime: Runtime } | undefined;
  return middy<Input, Output>({ timeoutEarlyInMillis: 0 })
    .onError(({ error }) => {
      assembled?.runtime.log('failed', { error: error?.name, reason: error?.message });
    })
    .handler(async (input: Input) => {
      if (assembled === undefined) {
        const runtime = runtimeOf();
        assembled = { run: assemble(runtime), runtime };
      }
      return assembled.run(input);
    });
};
