import { describe, expect, jest, test } from '@jest/globals';
import { runnerCommands } from './runner-commands.ts';
import { destroying, problem, requested, runner, shows, spot } from './runners.ts';
import { endpoints } from './with-endpoint.ts';
import { runStep } from './workflow-step.ts';

jest.setTimeout(30_000);

const startEndpoint = endpoints();

const both = 'x86_64 arm64';

describe('a start that fails', () => {
  test('ends as soon as one runner has failed, with the whole reason, and gives the other one back', async () => {
    const reason =
      'The instance ran for 10 minutes and its runner did not come online. Its console ends with:\nE: no such package\nreboot: Power down';
    const endpoint = await startEndpoint({
      create: [requested('x86_64', 'arm64')],
      status: [
        shows(
          runner('x86_64', 'ready', spot),
          runner('arm64', 'failed', { reason, what_to_do: 'Run the workflow again.' }),
        ),
      ],
      destroy: [destroying('rr_runner_1001_1_x86_64-1')],
    });

    const { exitCode, log, summary, slept } = await runStep({ endpoint: endpoint.url, architectures: both });

    expect(exitCode).toBe(1);
    expect(slept).toEqual([]);
    expect(log.match(/E: no such package/g)).toHaveLength(1);
    expect(log).toContain('      | E: no such package\n      | reboot: Power down\n');
    expect(runnerCommands(log).at(-1)).toEqual({
      command: 'error',
      data: 'arm64 failed: The instance ran for 10 minutes and its runner did not come online. Its console ends with: … Run the workflow again.',
    });
    expect(summary).toContain('### Stint: no runners for this run');
    expect(summary).toContain('    E: no such package\n    reboot: Power down\n');
    expect(summary).toContain('press "Re-run failed jobs" or "Re-run all jobs"');
    expect(endpoint.callsOf('destroy').map(({ body }) => body)).toEqual([
      { operation: 'destroy', label: 'rr_runner_1001_1' },
    ]);
  });

  test('is told when a runner was ended before the run could use it', async () => {
    const endpoint = await startEndpoint({
      create: [requested('x86_64')],
      status: [
        shows(runner('x86_64', 'booting', spot)),
        shows(runner('x86_64', 'destroying', { ...spot, reason: 'It was taken by another run.' })),
      ],
      destroy: [destroying()],
    });

    const { exitCode, log } = await runStep({ endpoint: endpoint.url });

    expect(exitCode).toBe(1);
    expect(log).toContain(
      '::error title=Stint::x86_64 was ended before this run could use it: It was taken by another run.\n',
    );
  });

  test('passes on the words of a refusal and asks nothing more', async () => {
    const detail = 'Run 1001 of rr-debugger/rr is completed. Ask while the run is active.';
    const endpoint = await startEndpoint({ create: [problem(403, detail)] });

    const { exitCode, log, summary, slept } = await runStep({ endpoint: endpoint.url });

    expect(exitCode).toBe(1);
    expect(log).toContain(`::error title=Stint::The endpoint answered 403: ${detail}`);
    expect(summary).toContain(`    The endpoint answered 403: ${detail}`);
    expect(slept).toEqual([]);
    expect(endpoint.calls).toHaveLength(1);
  });

  test('gives back what was started before a refusal', async () => {
    const refused = problem(403, 'One is enough.');
    const endpoint = await startEndpoint({
      create: [
        { ...refused, body: { ...(refused.body as object), runners: [runner('x86_64', 'requested')] } },
      ],
      destroy: [destroying('rr_runner_1001_1_x86_64-1')],
    });

    const { exitCode } = await runStep({ endpoint: endpoint.url, architectures: both });

    expect(exitCode).toBe(1);
    expect(endpoint.callsOf('destroy')).toHaveLength(1);
  });

  test('gives up at the time-out, says where the runners are, and gives them back', async () => {
    const endpoint = await startEndpoint({
      create: [requested('x86_64')],
      status: [shows(runner('x86_64', 'launching'))],
      destroy: [destroying('rr_runner_1001_1_x86_64-1')],
    });

    const { exitCode, log } = await runStep(
      { endpoint: endpoint.url, 'timeout-seconds': '3', 'poll-seconds': '1' },
      { reallySleeps: true },
    );

    expect(exitCode).toBe(1);
    expect(log).toContain(
      '::error title=Stint::The runners are not ready after 3 seconds: x86_64 is launching.\n',
    );
    expect(endpoint.callsOf('destroy')).toHaveLength(1);
  });

  test('says so when the action itself breaks, instead of failing without a word', async () => {
    const endpoint = await startEndpoint({ create: [requested('x86_64')] });

    const { exitCode, log } = await runStep(
      { endpoint: endpoint.url },
      { env: { GITHUB_OUTPUT: '/nonexistent/output' } },
    );

    expect(exitCode).toBe(1);
    expect(runnerCommands(log).at(-1)).toEqual({
      command: 'error',
      data: 'The action itself failed, with exit code 1.',
    });
  });
});
