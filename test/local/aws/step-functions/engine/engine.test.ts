import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createEngine } from '../../../../../local/aws/step-functions/engine/engine.ts';
import type { HistoryEvent } from '../../../../../local/aws/step-functions/engine/history.ts';
import { DefinitionUnsupported } from '../../../../../local/aws/step-functions/engine/unsupported.ts';
import type { VirtualTime } from '../../../../../local/time/virtual-time.ts';
import { caughtTask, fail, oneTask, start, startedAt, succeed, virtualTime } from './running.ts';

let time: VirtualTime;
beforeEach(() => {
  time = virtualTime();
});
afterEach(() => time.uninstall());

describe('what crosses between an execution and its functions', () => {
  test('is JSON: a date becomes a text, what JSON cannot say is gone', async () => {
    const { run, invocations } = start({
      definition: oneTask({ ResultPath: '$.result' }),
      input: { at: startedAt, nothing: undefined },
      answer: () => succeed({ at: startedAt, nothing: undefined, number: Number.NaN }),
    });
    await time.advance(1);

    expect(invocations).toMatchObject([
      { functionArn: 'arn:step', payload: { at: '2026-03-01T10:00:00.000Z' } },
    ]);
    await expect(run.outcome).resolves.toEqual({
      status: 'SUCCEEDED',
      output: { at: '2026-03-01T10:00:00.000Z', result: { at: '2026-03-01T10:00:00.000Z', number: null } },
    });
  });

  test('is a copy: a function that changes its input changes nothing', async () => {
    const { run } = start({
      definition: oneTask({ ResultPath: '$.result' }),
      input: { list: [1] },
      answer: (_, payload) => {
        (payload as { list: number[] }).list.push(2);
        return succeed('done');
      },
    });
    await time.advance(1);

    await expect(run.outcome).resolves.toMatchObject({ output: { list: [1], result: 'done' } });
  });

  test('is null when a function returns nothing', async () => {
    const { run } = start({ definition: oneTask(), answer: () => succeed(undefined) });
    await time.advance(1);

    await expect(run.outcome).resolves.toEqual({ status: 'SUCCEEDED', output: null });
  });
});

describe('the context object', () => {
  test('names the execution and its state machine', async () => {
    const { invocations } = start({
      definition: oneTask({
        Parameters: {
          'name.$': '$$.Execution.Name',
          'id.$': '$$.Execution.Id',
          'input.$': '$$.Execution.Input',
          'startedAt.$': '$$.Execution.StartTime',
          'machine.$': '$$.StateMachine.Name',
        },
      }),
      input: { label: 'a' },
    });
    await time.advance(1);

    expect(invocations[0]?.payload).toEqual({
      name: 'one',
      id: 'arn:aws:states:us-east-2:000000000000:execution:machine:one',
      input: { label: 'a' },
      startedAt: startedAt.toISOString(),
      machine: 'machine',
    });
  });
});

describe('an error', () => {
  test('has a JSON cause with type, message and trace, and the catcher keeps the input beside it', async () => {
    const seen: unknown[] = [];
    start({
      definition: oneTask(
        { Catch: [{ ErrorEquals: ['Broken'], ResultPath: '$.error', Next: 'Look' }] },
        { Look: { Type: 'Task', Resource: 'arn:look', TimeoutSeconds: 5, End: true } },
      ),
      input: { label: 'a' },
      answer: (n, payload) => {
        seen.push(payload);
        return n === 0 ? fail('Broken', 'the "reason"') : succeed({});
      },
    });
    await time.advance(1);

    const [, caught] = seen as [unknown, { label: string; error: { Error: string; Cause: string } }];
    expect(caught).toMatchObject({ label: 'a', error: { Error: 'Broken' } });
    expect(JSON.parse(caught.error.Cause)).toEqual({
      errorType: 'Broken',
      errorMessage: 'the "reason"',
      trace: ['at a line'],
    });
  });

  test('that nobody catches is the end of the execution', async () => {
    const { run } = start({ definition: oneTask(), answer: () => fail('Broken') });
    await time.advance(1);

    const { status, error, cause } = await run.outcome;
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'Broken' });
    expect(JSON.parse(cause ?? '')).toMatchObject({ errorMessage: 'why' });
  });

  test('that is caught ends in Fail with its own name and cause', async () => {
    const { run } = start({ definition: caughtTask(), answer: () => fail('Broken', 'for a reason') });
    await time.advance(1);

    const { status, error, cause } = await run.outcome;
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'Broken' });
    expect(JSON.parse(cause ?? '')).toMatchObject({ errorType: 'Broken', errorMessage: 'for a reason' });
  });
});

describe('the history', () => {
  const definition = caughtTask();
  const types = (events: readonly HistoryEvent[]) => events.map(({ type, state }) => [type, state]);
  const expected = [
    ['ExecutionStarted', undefined],
    ['TaskStateEntered', 'Step'],
    ['LambdaFunctionFailed', 'Step'],
    ['TaskStateExited', 'Step'],
    ['FailStateEntered', 'Failed'],
    ['ExecutionFailed', undefined],
  ];

  test('is kept though nobody listens', async () => {
    const { run } = start({ definition, answer: () => fail('Broken') });
    await time.advance(1);
    await run.outcome;

    expect(types(run.history.events)).toEqual(expected);
  });

  test('is told event by event to whoever listens, numbered from 1', async () => {
    const heard: HistoryEvent[] = [];
    const { run } = start({
      definition,
      answer: () => fail('Broken'),
      onEvent: (event) => heard.push(event),
    });
    await time.advance(1);
    await run.outcome;

    expect(heard).toEqual(run.history.events);
    expect(heard.map(({ id, previousEventId }) => [id, previousEventId])).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 3],
      [5, 4],
      [6, 5],
    ]);
  });

  test('holds what went in and out as JSON', async () => {
    const { run } = start({ definition: oneTask(), input: { a: 1 }, answer: () => succeed({ b: 2 }) });
    await time.advance(1);
    await run.outcome;

    expect(run.history.events).toMatchObject([
      { type: 'ExecutionStarted', input: '{"a":1}' },
      { type: 'TaskStateEntered', input: '{"a":1}' },
      { type: 'TaskStateExited', output: '{"b":2}' },
      { type: 'ExecutionSucceeded', output: '{"b":2}' },
    ]);
  });
});

describe('a definition is refused', () => {
  test.each([
    ['JSONata', { QueryLanguage: 'JSONata' }, {}],
    ['a JSONata expression', {}, { Output: '{% $states.input %}' }],
    ['HeartbeatSeconds', {}, { HeartbeatSeconds: 5 }],
    ['$$.State', {}, { Parameters: { 'a.$': '$$.State.Name' } }],
    ['$$.Task', {}, { Parameters: { 'a.$': '$$.Task.Token' } }],
    ['a placeholder that nothing was put in place of', {}, { Resource: '$' + '{StepFunctionArn}' }],
    ['a ResultPath of the whole', {}, { ResultPath: '$' }],
    [
      'IsPresent for false',
      {},
      { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: false, Next: 'Step' }] },
    ],
    ['an empty Result', {}, { Type: 'Pass', Result: false }],
    ['States.TaskFailed', {}, { Retry: [{ ErrorEquals: ['States.TaskFailed'] }] }],
    ['the ARN of a service integration', {}, { Resource: 'arn:aws:states:::lambda:invoke' }],
  ])('for %s, of which the engine would make something else than AWS', (_, machine, task) => {
    const definition = JSON.stringify(oneTask(task, {}, machine));
    const create = () => createEngine({ definition, invoke: async () => succeed({}) });

    expect(create).toThrow(DefinitionUnsupported);
  });

  test('for a state type that it does not wrap', () => {
    const definition = JSON.stringify({
      StartAt: 'Both',
      States: { Both: { Type: 'Parallel', Branches: [oneTask()], End: true } },
    });
    expect(() => createEngine({ definition, invoke: async () => succeed({}) })).toThrow(/Parallel/);
  });

  test('when it is no valid definition', () => {
    const definition = JSON.stringify({ StartAt: 'Nowhere', States: {} });
    expect(() => createEngine({ definition, invoke: async () => succeed({}) })).toThrow();
  });
});
