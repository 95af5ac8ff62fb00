import { type News, type Tell, tellLife } from '../domain/status/life-news.ts';
import type { Assemble } from './lambda.ts';
import type { Runtime } from './runtime.ts';
import { changesItems } from './table.ts';
import { unharmed } from './unharmed.ts';

/** Writes how lives stand. It never fails: a status is of use, and nothing waits for it. */
export const tellingOf = (runtime: Runtime): Tell => {
  const tell = tellLife(changesItems(runtime), runtime.clock);
  return (life, news) => unharmed(runtime.log, `the status of ${life}`, () => tell(life, news));
};

/** What a step's output, or its error, says of how its life stands. */
export interface Telling<Input, Output> {
  readonly news?: (input: Input, output: Output) => News | undefined;
  readonly trouble?: (input: Input, error: unknown) => News | undefined;
}

/** A step that tells what it has done to its life once it is done. */
export const telling =
  <Input extends { readonly life?: string }, Output>(
    { news, trouble }: Telling<NoInfer<Input>, NoInfer<Output>>,
    assemble: Assemble<Input, Output>,
  ): Assemble<Input, Output> =>
  (runtime) => {
    const run = assemble(runtime);
    const tell = tellingOf(runtime);
    const told = async ({ life }: Input, what: News | undefined): Promise<void> => {
      if (life !== undefined && what !== undefined) await tell(life, what);
    };
    return async (input) => {
      try {
        const output = await run(input);
        await told(input, news?.(input, output));
        return output;
      } catch (error) {
        await told(input, trouble?.(input, error));
        throw error;
      }
    };
  };
