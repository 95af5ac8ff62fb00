import middy from '@middy/core';
import { lifeOfInput } from '../domain/life/life-of-input.ts';
import { lambdaRuntime, type Runtime } from './runtime.ts';

/** Binds a function's ports to a runtime. */
export type Assemble<Input, Output> = (runtime: Runtime) => (input: Input) => Promise<Output>;

/** The words that a step's output has for the state machine (docs/adr/0004), and for whoever follows a life. */
const decided = (output: unknown): Readonly<Record<string, unknown>> => {
  if (typeof output !== 'object' || output === null) return {};
  const words = ['outcome', 'next', 'because'].map((name) => [name, Reflect.get(output, name)] as const);
  return Object.fromEntries(words.filter(([, word]) => typeof word === 'string'));
};

/**
 * The Lambda entry of an assembled function. The assembly waits for the first invocation, so that importing
 * reads nothing, and is kept for those that follow. A step of a life is logged with what it decided, and a failure
 * by its name before it leaves: the caller gets `errorType` and `errorMessage`.
 */
export const lambda = <Input, Output>(
  assemble: Assemble<Input, Output>,
  runtimeOf: () => Runtime = lambdaRuntime,
) => {
  let assembled: { run: (input: Input) => Promise<Output>; runtime: Runtime } | undefined;
  return middy<Input, Output>({ timeoutEarlyInMillis: 0 })
    .after(({ event, response }) => {
      const life = lifeOfInput(event);
      if (life !== undefined) assembled?.runtime.log('done', { life, ...decided(response) });
    })
    .onError(({ event, error }) => {
      const life = lifeOfInput(event);
      const about = life === undefined ? {} : { life };
      assembled?.runtime.log('failed', { ...about, error: error?.name, reason: error?.message });
    })
    .handler(async (input: Input) => {
      if (assembled === undefined) {
        const runtime = runtimeOf();
        assembled = { run: assemble(runtime), runtime };
      }
      return assembled.run(input);
    });
};
