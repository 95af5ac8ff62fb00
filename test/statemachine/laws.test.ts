import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import aslValidator from 'asl-validator';
import { Stack } from 'aws-cdk-lib';
import * as awsLambda from 'aws-cdk-lib/aws-lambda';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import * as errors from '../../functions/domain/errors.ts';
import { longestLifetimeMinutes } from '../../functions/domain/machine-class.ts';
import {
  definitionText,
  fileStem,
  functionName,
  functionNames,
  stateMachineNames,
} from '../../statemachine/definitions.ts';
import { passingErrors } from '../../statemachine/passing-errors.ts';

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds?: number;
  readonly MaxAttempts: number;
  readonly JitterStrategy?: string;
}
interface Catcher extends Pick<Retrier, 'ErrorEquals'> {
  readonly Next: string;
}
interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly ErrorPath?: string;
  readonly CausePath?: string;
}
interface Definition {
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
  readonly States: Readonly<Record<string, State>>;
}

const definitions = stateMachineNames.map((name) => ({
  name,
  text: definitionText(name),
  definition: JSON.parse(definitionText(name)) as Definition,
}));

const allSteps = definitions.flatMap(({ text }) => functionNames(text));
const stems = (directory: string, ending: string): readonly string[] =>
  readdirSync(new URL(directory, import.meta.url))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));

const successorsOf = (state: State): readonly string[] => [
  ...(state.Next === undefined ? [] : [state.Next]),
  ...(state.Default === undefined ? [] : [state.Default]),
  ...(state.Choices ?? []).map(({ Next }) => Next),
  ...(state.Catch ?? []).map(({ Next }) => Next),
];

const reachableFrom = (states: Definition['States'], start: string): ReadonlySet<string> => {
  const reached = new Set<string>();
  const visit = (name: string): void => {
    const state = states[name];
    if (state === undefined || reached.has(name)) return;
    reached.add(name);
    for (const next of successorsOf(state)) visit(next);
  };
  visit(start);
  return reached;
};

const fail = (what: string): never => {
  throw new Error(`${what} has none`);
};

const isPassing = (error: string): boolean => passingErrors.includes(error);

/** How long a retrier tries, as full jitter has it on average: half of each delay. */
const meanSeconds = ({
  IntervalSeconds,
  BackoffRate,
  MaxDelaySeconds = Infinity,
  MaxAttempts,
}: Retrier): number =>
  Array.from({ length: MaxAttempts }, (_, index) =>
    Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** index),
  ).reduce((sum, delay) => sum + delay / 2, 0);

/** The names that an error class of ours can have on the wire. */
const ownErrors = Object.values(errors).map((DomainError) => new DomainError('').name);

describe.each(definitions)('$name', ({ text, definition }) => {
  const states = Object.entries(definition.States);
  const tasks = states.filter(([, { Type }]) => Type === 'Task');

  test('is valid Amazon States Language', () => {
    const deployed = text.replaceAll(/\$\{(\w+)\}/g, 'arn:aws:lambda:us-east-2:000000000000:function:$1:1');
    const { isValid, errorsText } = aslValidator(JSON.parse(deployed));
    expect({ isValid, errors: isValid ? '' : errorsText() }).toEqual({ isValid: true, errors: '' });
  });

  test('has a time-out of its own, within which it ends whatever happens', () => {
    expect(definition.TimeoutSeconds).toBeGreaterThan(0);
  });

  test.each(tasks)('%s has a time-out, and a catcher for the rest', (_, task) => {
    expect(task.TimeoutSeconds).toBeGreaterThan(30);
    expect((task.Catch ?? []).at(-1)?.ErrorEquals).toEqual(['States.ALL']);
  });

  test.each(tasks)('%s has one retrier for all that passes, which spreads', (_, { Retry = [] }) => {
    const [first, ...others] = Retry;
    expect(first?.ErrorEquals).toEqual(passingErrors);
    expect(first?.JitterStrategy).toBe('FULL');
    expect(others.flatMap(({ ErrorEquals }) => ErrorEquals).filter(isPassing)).toEqual([]);
  });

  test('catches as passing all that passes, or whatever there is', () => {
    const caught = tasks.flatMap(([, { Catch = [] }]) => Catch.map(({ ErrorEquals }) => ErrorEquals));
    const partly = caught.filter((errors) => errors.some(isPassing));
    for (const errors of partly) expect(errors).toEqual(expect.arrayContaining([...passingErrors]));
  });

  test.each(tasks)('%s writes its result beside its input, and loses nothing of it', (_, task) => {
    expect(task).toHaveProperty('ResultPath', expect.stringMatching(/^\$\.\w+$/));
  });

  test('names only errors that our code throws, or that Lambda and Step Functions have', () => {
    const named = tasks.flatMap(([, { Retry = [], Catch = [] }]) =>
      [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals),
    );
    const foreign = [...new Set(named)].filter((name) => !/^(States|Lambda|Sandbox|Runtime)\./.test(name));
    expect(ownErrors).toEqual(expect.arrayContaining(foreign));
  });

  test('reaches every state, and from every state an end', () => {
    const reached = reachableFrom(definition.States, definition.StartAt);
    expect([...reached].sort()).toEqual(Object.keys(definition.States).sort());
    const ends = states.filter(([, { Type }]) => Type === 'Succeed' || Type === 'Fail').map(([name]) => name);
    for (const [name] of states) {
      const onward = reachableFrom(definition.States, name);
      expect(ends.some((end) => onward.has(end))).toBe(true);
    }
  });

  test('fails with the name and cause of the error that was caught', () => {
    const fails = states.filter(([, { Type }]) => Type === 'Fail');
    expect(fails).toHaveLength(1);
    expect(fails[0]?.[1]).toMatchObject({ ErrorPath: '$.error.Error', CausePath: '$.error.Cause' });
  });

  test('has questions for choices', () => {
    const choices = states.filter(([, { Type }]) => Type === 'Choice').map(([name]) => name);
    expect(choices.filter((name) => !/^Is[A-Z]/.test(name))).toEqual([]);
  });

  test('does not mention JSONata, which the local engine ignores', () => {
    expect(text).not.toMatch(/QueryLanguage|\{%/);
  });
});

describe('a provision', () => {
  const { definition } = definitions.find(({ name }) => name === 'provision-runner') ?? {
    definition: undefined,
  };
  const retriers = Object.values(definition?.States ?? {}).flatMap(({ Retry = [] }) => Retry);

  test('may wait for its turn as long as the longest life lasts: its deadline ends it, and not its own time-out', () => {
    expect(definition?.TimeoutSeconds).toBeGreaterThanOrEqual(longestLifetimeMinutes * 60);
  });

  test('outlasts the longest queue there can be: a thousand launches at two a second', () => {
    const passing = retriers.filter(({ ErrorEquals }) => ErrorEquals.some(isPassing));
    expect(Math.min(...passing.map(meanSeconds))).toBeGreaterThan(600);
  });

  test.each(['FetchJitConfig', 'CheckRunner', 'DiscardRound'])(
    '%s bears a refusal of GitHub for some minutes, as it may refuse a new token',
    (name) => {
      const retrier = definition?.States[name]?.Retry?.find(({ ErrorEquals }) =>
        ErrorEquals.includes('GitHubRefused'),
      );
      const seconds = 2 * meanSeconds(retrier ?? fail(name));
      expect({ isLong: seconds >= 120, isShort: seconds <= 300, jitter: retrier?.JitterStrategy }).toEqual({
        isLong: true,
        isShort: true,
        jitter: 'NONE',
      });
    },
  );
});

describe('the errors that pass', () => {
  test('are all that the CDK lets a Lambda task retry, who follows AWS’s own page', () => {
    const stack = new Stack();
    const lambdaFunction = awsLambda.Function.fromFunctionArn(
      stack,
      'Step',
      'arn:aws:lambda:us-east-2:000000000000:function:step',
    );
    const { Retry } = new LambdaInvoke(stack, 'Task', { lambdaFunction }).toStateJson() as {
      Retry: readonly Retrier[];
    };
    const witnessed = Retry.flatMap(({ ErrorEquals }) => ErrorEquals);
    expect(witnessed).toContain('Lambda.ClientExecutionTimeoutException');
    expect(passingErrors).toEqual(expect.arrayContaining(witnessed));
  });
});

describe('a destroy', () => {
  const { definition } = definitions.find(({ name }) => name === 'destroy-runner') ?? {
    definition: undefined,
  };
  const tasks = Object.entries(definition?.States ?? {}).filter(([, { Type }]) => Type === 'Task');

  test.each(tasks.flatMap(([name, task]) => passingErrors.map((error) => [name, error, task] as const)))(
    '%s is not ended by %s, which passes: it may be the only layer',
    (_, error, { Catch = [] }) => {
      const caught = Catch.find(
        ({ ErrorEquals }) => ErrorEquals.includes(error) || ErrorEquals.includes('States.ALL'),
      );
      expect(definition?.States[caught?.Next ?? '']?.Type).toMatch(/Wait|Task/);
    },
  );

  test('that is forced terminates the machine before anything else can take its time', () => {
    const { Choices = [] } = definition?.States['IsForced'] ?? {};
    expect(Choices.map(({ Next }) => Next)).toEqual(['TerminateInstances']);
  });

  test.each(['TerminateInstances', 'DeregisterRunner', 'CheckGone', 'DeleteSchedule'])(
    'that is forced is not ended by a refusal of AWS at %s, for a machine may still run',
    (name) => {
      const { Catch = [] } = definition?.States[name] ?? {};
      const caught = Catch.find(
        ({ ErrorEquals }) => ErrorEquals.includes('AwsRefused') || ErrorEquals.includes('States.ALL'),
      );
      expect(definition?.States[caught?.Next ?? '']?.Type).toMatch(/Wait|Task/);
    },
  );
});

describe('the mapping of states to files', () => {
  test('has a file and a test for every function that a state machine invokes', () => {
    expect(stems('../../functions', '.ts')).toEqual(expect.arrayContaining(allSteps.map(fileStem)));
    expect(stems('../functions', '.test.ts')).toEqual(expect.arrayContaining(allSteps.map(fileStem)));
  });

  test('has a test for every function, and no test without one', () => {
    expect(stems('../functions', '.test.ts')).toEqual(stems('../../functions', '.ts'));
  });

  test.each([...new Set(allSteps)])('%s is found again by the name of its file', (name) => {
    expect(functionName(fileStem(name))).toBe(name);
  });

  test.each(stems('../../functions', '.ts'))(
    '%s exports its factory, its assembly and its handler',
    async (stem) => {
      const name = functionName(stem);
      const factory = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
      const module: Record<string, unknown> = await import(`../../functions/${stem}.ts`);
      expect(Object.keys(module)).toEqual(expect.arrayContaining(['assemble', 'handler']));
      expect(typeof (module[factory] ?? module['assemble'])).toBe('function');
    },
  );
});
