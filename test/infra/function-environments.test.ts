import { describe, expect, test } from '@jest/globals';
import {
  type Environment,
  environmentOf,
  type VariableKey,
  variables,
} from '../../functions/runtime/environment.ts';
import type { Assemble } from '../../functions/runtime/lambda.ts';
import type { Runtime } from '../../functions/runtime/runtime.ts';
import { synthesizedStack, verifiedStack } from '../synthesized-stack.ts';

const stack = verifiedStack();

const silent = () => Promise.reject(new Error('nobody answers here'));

/** A world in which nobody answers. */
const world: Omit<Runtime, 'settings'> = {
  aws: {
    region: 'us-east-2',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: { handle: silent },
  },
  github: { fetch: silent },
  clock: () => new Date(),
  log: () => undefined,
  writeLine: () => undefined,
};

/** A function of the HTTP API answers for its assembly too, and so assembles when it is first invoked. */
const isOfHttpApi = (stem: string): boolean =>
  stack.httpApi.routes.some(({ functionReference }) => functionReference.includes(`-${stem}:`));

/** The names of the variables that a function reads when it is assembled on what the stack sets for it. */
const readBy = async (stem: string, environment: Readonly<Record<string, string>>): Promise<string[]> => {
  const names = new Set<string>();
  const { settings: read } = environmentOf(environment);
  const settings: Environment['settings'] = (...keys) => {
    for (const key of keys) names.add(variables[key].name);
    return read(...keys);
  };
  const module: unknown = await import(`../../functions/${stem}.ts`);
  const { assemble } = module as { readonly assemble: Assemble<unknown, unknown> };
  const run = assemble({ ...world, settings });
  if (isOfHttpApi(stem)) await run({});
  return [...names].sort();
};

const functions = [synthesizedStack(), stack].flatMap((one) => one.functions);

describe('the environment of', () => {
  test.each(functions.map(({ stem, environment }) => [stem, environment] as const))(
    '%s holds what it reads, in a form that it can read, and nothing else',
    async (stem, environment) => {
      expect(await readBy(stem, environment)).toEqual(Object.keys(environment).sort());
    },
  );

  test('all functions together holds every variable that there is', () => {
    const set = new Set(stack.functions.flatMap(({ environment }) => Object.keys(environment)));
    const known = (Object.keys(variables) as VariableKey[]).map((key) => variables[key].name);
    expect([...set].sort()).toEqual([...known].sort());
  });

  test('every function fits into the 4 KB that Lambda takes', () => {
    for (const { environment } of stack.functions)
      expect(JSON.stringify(environment).length).toBeLessThan(4_096);
  });
});
