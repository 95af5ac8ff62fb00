import { describe, expect, jest, test } from '@jest/globals';
import { runnerCommands } from './runner-commands.ts';
import { onDemand, problem, requested, runner, shows, spot } from './runners.ts';
import { endpoints } from './with-endpoint.ts';
import { runStep } from './workflow-step.ts';

jest.setTimeout(30_000);

const startEndpoint = endpoints();

const both = 'x86_64 arm64';

describe('mode start', () => {
  test('asks for this run, its attempt and repository, without any credential', async () => {
    const endpoint = await startEndpoint({
      create: [requested('x86_64', 'arm64')],
      status: [shows(runner('x86_64', 'ready', spot), runner('arm64', 'ready', spot))],
    });

    await runStep({ endpoint: `${endpoint.url}/`, architectures: 'x86_64, arm64' });

    const [create, status] = endpoint.calls;
    expect(create?.path).toBe('/runners');
    expect(create?.body).toEqual({
      operation: 'create',
      label: 'rr_runner_1001_1',
      architectures: ['x86_64', 'arm64'],
      repository: 'rr-debugger/rr',
      run_id: 1001,
    });
    expect(create?.headers).toMatchObject({ 'content-type': 'application/json' });
    expect(Object.keys(create?.headers ?? {})).not.toContain('authorization');
    expect(status?.path).toBe('/runners/rr_runner_1001_1');
    expect(endpoint.calls).toHaveLength(2);
  });

  test('ends well with the label, the attempt and a runs-on for each architecture', async () => {
    const endpoint = await startEndpoint({
      create: [requested('x86_64', 'arm64')],
      status: [shows(runner('x86_64', 'ready', spot), runner('arm64', 'ready', spot))],
    });

    const { exitCode, outputs, log } = await runStep({ endpoint: endpoint.url, architectures: both });

    expect(exitCode).toBe(0);
    expect(outputs['label']).toBe('rr_runner_1001_1');
    expect(outputs['attempt']).toBe('1');
    expect(JSON.parse(outputs['runs-on-x86_64'] ?? '')).toEqual(['rr_runner_1001_1', 'arch_x86_64']);
    expect(JSON.parse(outputs['runs-on-arm64'] ?? '')).toEqual(['rr_runner_1001_1', 'arch_arm64']);
    expect(runnerCommands(log).map(({ command }) => command)).toEqual(['stop-commands', 'resume-commands']);
  });

  test('has a runs-on for the asked architecture only', async () => {
    const endpoint = await startEndpoint({
      create: [requested('arm64')],
      status: [shows(runner('arm64', 'ready', spot))],
    });

    const { outputs } = await runStep({ endpoint: endpoint.url, architectures: 'arm64' });

    expect(Object.keys(outputs)).toEqual(['label', 'attempt', 'runs-on-arm64']);
  });

  test('tells each change once, state by state, with the machine', async () => {
    const endpoint = await startEndpoint({
      create: [requested('x86_64', 'arm64')],
      status: [
        shows(runner('x86_64', 'requested'), runner('arm64', 'requested')),
        shows(runner('x86_64', 'launching'), runner('arm64', 'requested')),
        shows(runner('x86_64', 'launching'), runner('arm64', 'requested')),
        shows(runner('x86_64', 'booting', onDemand), runner('arm64', 'booting', spot)),
        shows(runner('x86_64', 'ready', onDemand), runner('arm64', 'ready', spot)),
      ],
    });

    const { log, slept } = await runStep({ endpoint: endpoint.url, architectures: both });

    expect(log.match(/^\d+:\d\d .*$/gm)?.map((line) => line.replace(/^\d+:\d\d +/, ''))).toEqual([
      'x86_64  requested',
      'arm64   requested',
      'x86_64  launching',
      'x86_64  booting     on-demand c5.9xlarge us-east-2b i-0123456789abcdef0',
      'arm64   booting     spot c5.9xlarge us-east-2a i-0123456789abcdef0',
      'x86_64  ready       on-demand c5.9xlarge us-east-2b i-0123456789abcdef0',
      'arm64   ready       spot c5.9xlarge us-east-2a i-0123456789abcdef0',
    ]);
    expect(slept).toEqual([5, 5, 5, 5]);
  });

  test('tells why a runner is where it is, once for each reason, and how long it usually takes', async () => {
    const reason = 'The instance boots.';
    const endpoint = await startEndpoint({
      create: [requested('x86_64')],
      status: [
        shows(
          runner('x86_64', 'requested', {
            reason: 'The newest image is being looked up.',
            usually_ready_seconds: 95,
          }),
        ),
        shows(runner('x86_64', 'booting', { reason, usually_ready_seconds: 95 })),
        shows(runner('x86_64', 'booting', { ...spot, reason })),
        shows(runner('x86_64', 'ready', spot)),
      ],
    });

    const { log } = await runStep({ endpoint: endpoint.url });

    expect(log.match(/^ {6}\| .*$/gm)).toEqual([
      '      | The newest image is being looked up.',
      '      | Usually it is ready 1:35 after the request.',
      '      | The instance boots.',
    ]);
  });

  test('says in the summary which machines there are and what "Re-run failed jobs" does', async () => {
    const endpoint = await startEndpoint({
      create: [requested('x86_64')],
      status: [shows(runner('x86_64', 'ready', onDemand))],
    });

    const { summary } = await runStep({ endpoint: endpoint.url });

    expect(summary).toMatch(/^### Stint: ready after \d+:\d\d$/m);
    expect(summary).toContain(
      '| x86_64 | ready | on-demand c5.9xlarge us-east-2b i-0123456789abcdef0 | 2026-07-01T13:00:00Z |',
    );
    expect(summary).toContain('label `rr_runner_1001_1` and belong to attempt 1');
    expect(summary).toMatch(
      /press \*\*Re-run all jobs\*\*.*\*\*Re-run failed jobs\*\* does not run this job again/,
    );
  });

  test('says when a runner ends, as soon as it is known and once more when it is ready', async () => {
    const { deadline: _, ...older } = runner('arm64', 'requested');
    const endpoint = await startEndpoint({
      create: [{ status: 202, body: { runners: [runner('x86_64', 'requested'), older] } }],
      status: [shows(runner('x86_64', 'ready', spot), runner('arm64', 'ready', spot))],
    });

    const { log } = await runStep({ endpoint: endpoint.url, architectures: both });

    const told =
      /^(x86_64|arm64) +ends at 2026-07-01T13:00:00Z at the latest, with the job that it runs then\.$/gm;
    expect([...log.matchAll(told)].map(([, architecture]) => architecture)).toEqual([
      'x86_64',
      'x86_64',
      'arm64',
    ]);
  });

  test('bears with a status that still shows what was before the create', async () => {
    const earlier = { name: 'rr_runner_1001_1_x86_64-1' };
    const present = { name: 'rr_runner_1001_1_x86_64-2' };
    const endpoint = await startEndpoint({
      create: [{ status: 202, body: { runners: [runner('x86_64', 'requested', present)] } }],
      status: [
        problem(404, 'There is no runner with this label.'),
        shows(runner('x86_64', 'failed', { ...earlier, reason: 'long ago' })),
        shows(runner('x86_64', 'ready', present)),
      ],
    });

    const { exitCode, log } = await runStep({ endpoint: endpoint.url });

    expect(exitCode).toBe(0);
    expect(log).not.toContain('long ago');
  });
});
