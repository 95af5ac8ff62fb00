import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, jest, test } from '@jest/globals';
import { runnerCommands } from './runner-commands.ts';
import { destroying, requested, runner, shows } from './runners.ts';
import type { ScriptedEndpoint } from './scripted-endpoint.ts';
import { endpoints } from './with-endpoint.ts';
import { WorkflowStep } from './workflow-step.ts';

jest.setTimeout(30_000);

const startEndpoint = endpoints();

const called = (endpoint: ScriptedEndpoint, kind: string): Promise<void> =>
  new Promise((resolve) => endpoint.onCall((call) => (call.kind === kind ? resolve() : undefined)));

/** Cancels the step as GitHub's runner does, and says how long it took to end. */
const cancel = async (step: WorkflowStep, signal: NodeJS.Signals) => {
  const cancelledAt = performance.now();
  step.signal(signal);
  const result = await step.result();
  return { ...result, endedAfterMs: performance.now() - cancelledAt };
};

const bootingScript = {
  create: [requested('x86_64')],
  status: [shows(runner('x86_64', 'booting'))],
  destroy: [destroying('rr_runner_1001_1_x86_64-1')],
};

/** The runner sends SIGINT, and SIGTERM 7.5 seconds later: https://github.com/actions/runner/blob/main/src/Runner.Sdk/ProcessInvoker.cs */
describe('a workflow that is cancelled', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'while the step waits (%s): gives the runners back once, and ends before it is killed',
    async (signal) => {
      const endpoint = await startEndpoint(bootingScript);
      const hasLooked = called(endpoint, 'status');
      const step = new WorkflowStep({ endpoint: endpoint.url, 'poll-seconds': '60' }, { reallySleeps: true });
      await hasLooked;

      const { exitCode, log, endedAfterMs } = await cancel(step, signal);

      expect(exitCode).toBe(130);
      expect(endedAfterMs).toBeLessThan(7_500);
      expect(endpoint.callsOf('destroy').map(({ body }) => body)).toEqual([
        { operation: 'destroy', label: 'rr_runner_1001_1' },
      ]);
      expect(log).toContain('The workflow was cancelled.\nGiving back what was asked for.\n');
      expect(runnerCommands(log).map(({ command }) => command)).toEqual(['stop-commands', 'resume-commands']);
    },
  );

  test('in its first moments: asks for nothing, or gives it back, and does not call it a failure of its own', async () => {
    for (const delayMs of [0, 3, 6, 10, 15, 20, 30, 45, 60, 90]) {
      const endpoint = await startEndpoint(bootingScript);
      const step = new WorkflowStep({ endpoint: endpoint.url, 'poll-seconds': '60' }, { reallySleeps: true });
      await sleep(delayMs);

      const { log } = await cancel(step, 'SIGINT');

      expect([delayMs, log]).toEqual([delayMs, expect.not.stringContaining('::error')]);
      const asked = endpoint.callsOf('create').length;
      expect([delayMs, endpoint.callsOf('destroy').length]).toEqual([
        delayMs,
        asked === 0 ? expect.any(Number) : 1,
      ]);
    }
  });

  test('in whatever moment of a look: gives the runners back', async () => {
    for (const delayMs of [0, 2, 6, 12, 20, 35, 60]) {
      const endpoint = await startEndpoint(bootingScript);
      const hasLooked = called(endpoint, 'status');
      const step = new WorkflowStep({ endpoint: endpoint.url, 'poll-seconds': '60' }, { reallySleeps: true });
      await hasLooked;
      await sleep(delayMs);

      const { exitCode } = await cancel(step, 'SIGINT');

      expect([delayMs, exitCode, endpoint.callsOf('destroy').length]).toEqual([delayMs, 130, 1]);
    }
  });

  test('while a create is under way: gives back what it may have made', async () => {
    const endpoint = await startEndpoint({
      ...bootingScript,
      create: [{ ...requested('x86_64'), afterMs: 20_000 }],
    });
    const hasAsked = called(endpoint, 'create');
    const step = new WorkflowStep({ endpoint: endpoint.url });
    await hasAsked;

    const { endedAfterMs } = await cancel(step, 'SIGINT');

    expect(endedAfterMs).toBeLessThan(7_500);
    expect(endpoint.callsOf('destroy')).toHaveLength(1);
  });

  test('while the endpoint does not answer any more: ends in time all the same', async () => {
    const endpoint = await startEndpoint({
      ...bootingScript,
      destroy: [{ ...destroying(), afterMs: 20_000 }],
    });
    const hasLooked = called(endpoint, 'status');
    const step = new WorkflowStep({ endpoint: endpoint.url, 'poll-seconds': '60' }, { reallySleeps: true });
    await hasLooked;

    const { endedAfterMs } = await cancel(step, 'SIGINT');

    expect(endedAfterMs).toBeLessThan(7_500);
  });

  test('while mode stop asks: does not ask twice', async () => {
    const endpoint = await startEndpoint({ destroy: [{ ...destroying(), afterMs: 20_000 }] });
    const hasAsked = called(endpoint, 'destroy');
    const step = new WorkflowStep({ endpoint: endpoint.url, mode: 'stop' });
    await hasAsked;

    const { exitCode } = await cancel(step, 'SIGINT');

    expect(exitCode).toBe(130);
    expect(endpoint.callsOf('destroy')).toHaveLength(1);
  });
});
