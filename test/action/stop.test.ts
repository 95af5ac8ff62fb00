import { describe, expect, jest, test } from '@jest/globals';
import { runnerCommands } from './runner-commands.ts';
import { destroying, problem } from './runners.ts';
import { endpoints } from './with-endpoint.ts';
import { runStep } from './workflow-step.ts';

jest.setTimeout(30_000);

const startEndpoint = endpoints();

const stop = (endpoint: string, more: Readonly<Record<string, string>> = {}) =>
  runStep({ mode: 'stop', endpoint, ...more });

describe('mode stop', () => {
  test('asks for the destroy and says of which runners', async () => {
    const endpoint = await startEndpoint({
      destroy: [destroying('rr_runner_1001_1_x86_64-1', 'rr_runner_1001_1_arm64-1')],
    });

    const { exitCode, log } = await stop(endpoint.url);

    expect(exitCode).toBe(0);
    expect(log).toContain('rr_runner_1001_1_x86_64-1  destroying\nrr_runner_1001_1_arm64-1  destroying\n');
    expect(endpoint.calls.map(({ path, body }) => [path, body])).toEqual([
      ['/runners', { operation: 'destroy', label: 'rr_runner_1001_1' }],
    ]);
  });

  test.each([
    ['no runners', destroying()],
    ['404', problem(404, 'There is no runner with this label.')],
  ])('is content when there is nothing to give back (%s)', async (_, answer) => {
    const endpoint = await startEndpoint({ destroy: [answer] });

    const { exitCode, log } = await stop(endpoint.url);

    expect(exitCode).toBe(0);
    expect(log).toContain('There is nothing to give back.');
    expect(runnerCommands(log)).toHaveLength(2);
  });

  test('only warns when the endpoint is away, for the runners end by themselves', async () => {
    const endpoint = await startEndpoint({
      destroy: [{ status: 500, body: { message: 'Internal Server Error' } }],
    });

    const { exitCode, log, slept } = await stop(endpoint.url);

    expect(exitCode).toBe(0);
    expect(slept).toEqual([2, 4, 8, 16, 30]);
    expect(runnerCommands(log).at(-1)).toEqual({
      command: 'warning',
      data: expect.stringMatching(/^The endpoint answered 500: .*at its deadline\.$/),
    });
  });

  test('does not keep a workflow waiting for more than two minutes', async () => {
    const endpoint = await startEndpoint({ destroy: [problem(503, 'Away.', { 'retry-after': '120' })] });

    const { exitCode, slept } = await stop(endpoint.url, { 'timeout-seconds': '1500' });

    expect(exitCode).toBe(0);
    expect(slept).toEqual([]);
  });

  test('fails when the request itself is wrong', async () => {
    const endpoint = await startEndpoint({ destroy: [problem(400, 'label must start with "ci_".')] });

    const { exitCode, log } = await stop(endpoint.url);

    expect(exitCode).toBe(1);
    expect(log).toContain('::error title=Stint::The endpoint answered 400: label must start with "ci_".\n');
  });

  test('sets no output and writes no summary', async () => {
    const endpoint = await startEndpoint({ destroy: [destroying('rr_runner_1001_1_x86_64-1')] });

    const { outputs, summary } = await stop(endpoint.url);

    expect(outputs).toEqual({});
    expect(summary).toBe('');
  });
});
