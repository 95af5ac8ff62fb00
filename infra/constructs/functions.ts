import { join } from 'node:path';
import { Construct } from 'constructs';
import { type VariableKey, variables } from '../../functions/runtime/environment.ts';
import { functionName } from '../../statemachine/definitions.ts';
import type { Config } from '../config.ts';
import { functionsOf, needsOf } from '../function-table.ts';
import { type GrantSubjects, statementsOf } from './grants.ts';
import { StintFunction } from './stint-function.ts';

export interface FunctionsProps {
  /** The folder that holds a folder for each function's bundle. */
  readonly bundles: string;
  /** What the deployment sets for each variable that a function may read. */
  readonly values: Readonly<Record<VariableKey, string>>;
  readonly subjects: GrantSubjects;
  readonly admission: Config['admission'];
}

const environmentOf = (
  reads: readonly VariableKey[],
  values: FunctionsProps['values'],
): Readonly<Record<string, string>> =>
  Object.fromEntries(reads.map((key) => [variables[key].name, values[key]]));

/** Every function of the table, by its file. */
export class Functions extends Construct {
  readonly #byStem: ReadonlyMap<string, StintFunction>;

  constructor(scope: Construct, id: string, { bundles, values, subjects, admission }: FunctionsProps) {
    super(scope, id);
    const made = functionsOf(admission).map((stem) => {
      const { reads, may } = needsOf(stem, admission);
      const fn = new StintFunction(this, functionName(stem), {
        stem,
        functionName: subjects.names.function(stem),
        bundle: join(bundles, stem),
        environment: environmentOf(reads, values),
        statements: statementsOf(may, subjects),
      });
      return [stem, fn] as const;
    });
    this.#byStem = new Map(made);
  }

  /** Every function with its file, in the table's order. */
  get all(): readonly (readonly [string, StintFunction])[] {
    return [...this.#byStem];
  }

  has(stem: string): boolean {
    return this.#byStem.has(stem);
  }

  /** The function of this file; throws when there is none. */
  of(stem: string): StintFunction {
    const found = this.#byStem.get(stem);
    if (found === undefined) throw new Error(`There is no function ${stem} in infra/function-table.ts`);
    return found;
  }
}
