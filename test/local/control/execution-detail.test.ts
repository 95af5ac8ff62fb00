import { describe, expect, test } from '@jest/globals';
import { Executions } from '../../../local/aws/step-functions/state.ts';
import { executionDetail } from '../../../local/control/execution-detail.ts';

const arn = 'arn:aws:states:us-east-2:000000000000:stateMachine:provision-runner';

const definition = JSON.stringify({
  StartAt: 'ResolveImage',
  States: {
    ResolveImage: { Type: 'Task', Resource: 'resolve', ResultPath: '$.image', Next: 'RunnerReady' },
    RunnerReady: { Type: 'Succeed' },
  },
});

const run = async (result: Parameters<typeof Promise.resolve>[0]) => {
  const ended = Promise.withResolvers<void>();
  const executions = new Executions({
    invoke: async () => result as never,
    onStatus: ({ status }) => {
      if (status !== 'RUNNING') ended.resolve();
    },
  });
  executions.addStateMachine({ arn, name: 'provision-runner', definition });
  const execution = executions.start(arn, 'life-1', '{"label":"rr_runner_1"}');
  await ended.promise;
  expect(executions.named('provision-runner', 'life-1')).toBe(execution);
  return executionDetail(execution);
};

describe('the detail of an execution', () => {
  test('has what went in and came out of each state, as values', async () => {
    const detail = await run({ ok: true, payload: { id: 'ami-1' } });

    const input = { label: 'rr_runner_1' };
    const output = { ...input, image: { id: 'ami-1' } };
    expect(detail).toMatchObject({ name: 'life-1', status: 'SUCCEEDED', input, output });
    expect(detail.events.map(({ type, state }) => [type, state])).toEqual([
      ['ExecutionStarted', undefined],
      ['TaskStateEntered', 'ResolveImage'],
      ['TaskStateExited', 'ResolveImage'],
      ['SucceedStateEntered', 'RunnerReady'],
      ['SucceedStateExited', 'RunnerReady'],
      ['ExecutionSucceeded', undefined],
    ]);
    expect(detail.events[1]).toMatchObject({ id: 2, input, at: expect.stringMatching(/Z$/) });
    expect(detail.events[2]).toMatchObject({ output });
  });

  test('has the error and the cause of one that failed, and no output', async () => {
    const failure = { ok: false, errorType: 'ImageMissing', errorMessage: 'there is none', trace: [] };
    const detail = await run(failure);

    expect(detail).toMatchObject({ status: 'FAILED', error: 'ImageMissing' });
    expect(detail.cause).toContain('there is none');
    expect(detail).not.toHaveProperty('output');
  });

  test('is missing for another state machine', () => {
    const executions = new Executions({ invoke: async () => Promise.reject(), onStatus: () => undefined });

    expect(executions.named('destroy-runner', 'life-1')).toBeUndefined();
  });
});
