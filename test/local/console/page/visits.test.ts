import { describe, expect, test } from '@jest/globals';
import { markOf } from '../../../../local/console/page/marks.ts';
import { stepsTaken, visitsOf, writtenBy } from '../../../../local/console/page/visits.ts';
import type { ExecutionHistoryEvent } from '../../../../local/control/snapshot.ts';

let lastId = 0;
const event = (type: string, changed: Partial<ExecutionHistoryEvent> = {}): ExecutionHistoryEvent => {
  lastId += 1;
  return { id: lastId, at: new Date(lastId * 1_000).toISOString(), type, ...changed };
};

const through = (state: string, type = 'Task', output: unknown = {}): readonly ExecutionHistoryEvent[] => [
  event(`${type}StateEntered`, { state, input: {} }),
  event(`${type}StateExited`, { state, output }),
];

describe('the visits of an execution', () => {
  test('are the states in their order, with what went in and came out', () => {
    const [first, second] = visitsOf({
      events: [
        event('ExecutionStarted', { input: {} }),
        event('TaskStateEntered', { state: 'ResolveImage', input: { a: 1 } }),
        event('TaskStateExited', { state: 'ResolveImage', output: { a: 1, image: 'x' } }),
        event('WaitStateEntered', { state: 'WaitForRunner', input: { a: 1, image: 'x' } }),
      ],
    });

    expect(first).toMatchObject({
      index: 0,
      state: 'ResolveImage',
      type: 'Task',
      input: { a: 1 },
      failures: [],
    });
    expect((first?.exitedAt ?? 0) - (first?.enteredAt ?? 0)).toBe(1_000);
    expect(second).toMatchObject({ index: 1, state: 'WaitForRunner', type: 'Wait' });
    expect(second).not.toHaveProperty('exitedAt');
  });

  test('have the attempts that failed, but not the end of the execution', () => {
    const [visit] = visitsOf({
      events: [
        event('TaskStateEntered', { state: 'CheckRunner' }),
        event('LambdaFunctionFailed', { state: 'CheckRunner', error: 'GitHubUnavailable', cause: 'silent' }),
        event('LambdaFunctionTimedOut', { state: 'CheckRunner', error: 'States.Timeout' }),
        event('ExecutionFailed', { error: 'GitHubUnavailable', cause: 'silent' }),
      ],
    });

    expect(visit?.failures).toEqual([
      { error: 'GitHubUnavailable', cause: 'silent' },
      { error: 'States.Timeout', cause: '' },
    ]);
  });

  test('are none before the first state', () => {
    expect(visitsOf({ events: [event('ExecutionStarted')] })).toEqual([]);
  });

  test('show which arrows were gone along', () => {
    const events = ['A', 'B', 'A', 'B', 'C'].flatMap((state) => through(state));

    expect([...stepsTaken(visitsOf({ events }))]).toEqual(['A>B', 'B>A', 'B>C']);
  });

  test.each([
    ['RUNNING', 'current'],
    ['SUCCEEDED', 'succeeded'],
    ['TIMED_OUT', 'failed'],
    ['ABORTED', 'stopped'],
    [undefined, 'visited'],
  ])(
    'mark the last state of an execution that is %s as %s, and the others as visited or ahead',
    (status, mark) => {
      const visits = visitsOf({ events: ['A', 'B'].flatMap((state) => through(state)) });

      expect(['A', 'B', 'C'].map((state) => markOf(state, visits, status))).toEqual([
        'visited',
        mark,
        'ahead',
      ]);
    },
  );

  test('do not show a caught error as something that the state wrote', () => {
    const error = { Error: 'QuotaExceeded', Cause: '{}' };
    const [visit] = visitsOf({ events: through('A', 'Task', { error, kept: 1 }) });

    expect(visit && writtenBy(visit)).toEqual({ kept: 1 });
  });

  test('show what a state wrote, and nothing when it wrote nothing', () => {
    const [wrote] = visitsOf({ events: through('A', 'Task', { image: 'x' }) });
    const [chose] = visitsOf({ events: through('IsReady', 'Choice') });
    const [waits] = visitsOf({ events: [event('WaitStateEntered', { state: 'W', input: {} })] });

    expect([wrote, chose, waits].map((visit) => visit && writtenBy(visit))).toEqual([
      { image: 'x' },
      undefined,
      undefined,
    ]);
  });
});
