import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { runnerCommands } from './runner-commands.ts';
import { destroying, requested, runner, shows } from './runners.ts';
import { endpoints } from './with-endpoint.ts';
import { runStep } from './workflow-step.ts';

jest.setTimeout(30_000);

const startEndpoint = endpoints();

const away = 'https://stint.example';

const readyScript = { create: [requested('x86_64')], status: [shows(runner('x86_64', 'ready'))] };

describe('an input that is wrong', () => {
  test.each([
    ['no endpoint', {}, 'The input "endpoint" must be the https:// URL of a Stint endpoint'],
    ['plain http', { endpoint: 'http://stint.example' }, 'The input "endpoint" must be the https:// URL'],
    ['another protocol', { endpoint: 'file:///etc/passwd' }, 'The input "endpoint" must be the https:// URL'],
    [
      'an option of curl',
      { endpoint: '--output /tmp/evil' },
      'The input "endpoint" must be the https:// URL',
    ],
    ['loopback as a user', { endpoint: 'http://127.0.0.1@evil.example' }, 'The input "endpoint" must be'],
    ['a query', { endpoint: `${away}/?a=b` }, 'without a query; it is "https://stint.example/?a=b"'],
    [
      'an unknown mode',
      { endpoint: away, mode: 'begin' },
      'The input "mode" must be "start" or "stop"; it is "begin"',
    ],
    ['a command as mode', { endpoint: away, mode: 'finish' }, 'The input "mode" must be "start" or "stop"'],
    [
      'an unknown architecture',
      { endpoint: away, architectures: 'x86_64 riscv64' },
      'may have only "x86_64" and "arm64"; it is "x86_64 riscv64"',
    ],
    [
      'an architecture twice',
      { endpoint: away, architectures: 'arm64,arm64' },
      'must name "arm64" only once',
    ],
    [
      'a pattern of file names',
      { endpoint: away, architectures: '*' },
      'may have only "x86_64" and "arm64"; it is "*"',
    ],
    ['no architecture', { endpoint: away, architectures: ' ,' }, 'must name "x86_64", "arm64" or both'],
    [
      'a suffix with a slash',
      { endpoint: away, suffix: '../x' },
      'The input "suffix" may have only letters, digits',
    ],
    [
      'a prefix with a space',
      { endpoint: away, prefix: 'my runner' },
      'The input "prefix" may have only letters',
    ],
    [
      'a label with a quote',
      { endpoint: away, mode: 'stop', label: 'a"b' },
      'The input "label" may have only letters',
    ],
    [
      'a suffix that is too long',
      { endpoint: away, suffix: 'x'.repeat(26) },
      'has 43 characters, and 42 are the most',
    ],
    [
      'no time-out',
      { endpoint: away, 'timeout-seconds': '0' },
      'must be a whole number from 1 to 21600; it is "0"',
    ],
    [
      'a time-out in words',
      { endpoint: away, 'timeout-seconds': '1+1' },
      'must be a whole number from 1 to 21600',
    ],
    [
      'a pause of ages',
      { endpoint: away, 'poll-seconds': '61' },
      'The input "poll-seconds" must be a whole number from 1 to 60',
    ],
  ])('%s: ends the step with its name and what would be right', async (_, inputs, message) => {
    const { exitCode, log } = await runStep(inputs as Readonly<Record<string, string>>);

    expect(exitCode).toBe(1);
    expect(runnerCommands(log).at(-1)).toEqual({ command: 'error', data: expect.stringContaining(message) });
  });

  test('cannot give the runner a command by the message', async () => {
    const { log } = await runStep({ endpoint: away, mode: 'a\n::set-output name=label::b\r##[add-path]c' });

    expect(runnerCommands(log).map(({ command }) => command)).toEqual([
      'stop-commands',
      'resume-commands',
      'error',
    ]);
  });
});

describe('the label', () => {
  test.each([
    ['of the second attempt', {}, { GITHUB_RUN_ATTEMPT: '2' }, 'rr_runner_1001_2'],
    ['with a suffix', { suffix: 'perf-1' }, {}, 'rr_runner_1001_1_perf-1'],
    ['with another prefix', { prefix: 'my_' }, {}, 'my_1001_1'],
    ['of 42 characters', { suffix: 'x'.repeat(25) }, {}, `rr_runner_1001_1_${'x'.repeat(25)}`],
    ['of start, whatever "label" says', { label: 'rr_runner_other' }, {}, 'rr_runner_1001_1'],
  ])('%s', async (_, inputs, env, label) => {
    const endpoint = await startEndpoint(readyScript);

    const { outputs } = await runStep({ endpoint: endpoint.url, ...inputs }, { env });

    expect(outputs['label']).toBe(label);
    expect(endpoint.calls[0]?.body).toMatchObject({ label });
    expect(endpoint.calls[1]?.path).toBe(`/runners/${label}`);
  });

  test.each([
    ['the given one', { label: 'rr_runner_7_3' }, 'rr_runner_7_3'],
    ['or else that which start made', { suffix: 'perf' }, 'rr_runner_1001_1_perf'],
  ])('of stop is %s', async (_, inputs, label) => {
    const endpoint = await startEndpoint({ destroy: [destroying()] });

    await runStep({ endpoint: endpoint.url, mode: 'stop', ...inputs });

    expect(endpoint.calls.map(({ body }) => body)).toEqual([{ operation: 'destroy', label }]);
  });
});

describe('architectures', () => {
  test.each(['x86_64 arm64', 'x86_64,arm64', ' x86_64 ,\n arm64\r\n'])('can be %j', async (architectures) => {
    const endpoint = await startEndpoint({
      create: [requested('x86_64', 'arm64')],
      status: [shows(runner('x86_64', 'ready'), runner('arm64', 'ready'))],
    });

    await runStep({ endpoint: endpoint.url, architectures });

    expect(endpoint.calls[0]?.body).toMatchObject({ architectures: ['x86_64', 'arm64'] });
  });
});

describe('where the step runs', () => {
  /** A PATH with these commands of this machine and no others. */
  const onlyCommands = (commands: readonly string[]): string => {
    const folder = mkdtempSync(join(tmpdir(), 'stint-path-'));
    for (const command of commands) symlinkSync(join('/usr/bin', command), join(folder, command));
    return folder;
  };
  const basic = ['bash', 'cat', 'cut', 'dirname', 'mktemp', 'od', 'rm', 'tr'];

  test.each([
    [['curl'], 'jq'],
    [['jq'], 'curl'],
    [[], 'curl jq'],
  ])('with only %j of curl and jq it says what is missing, and what to do', async (present, missing) => {
    const path = onlyCommands([...basic, ...present]);

    const { exitCode, log } = await runStep({ endpoint: away }, { env: { PATH: path } });
    rmSync(path, { recursive: true });

    expect(exitCode).toBe(1);
    expect(log).toContain(
      `::error title=Stint::This step needs curl and jq, and this machine lacks: ${missing}. `,
    );
    expect(log).toContain('Run it on "runs-on: ubuntu-latest"');
  });

  test('outside a workflow it says that it is not in one', async () => {
    const { exitCode, log } = await runStep({ endpoint: away }, { env: { GITHUB_RUN_ID: '' } });

    expect(exitCode).toBe(1);
    expect(log).toContain('This is no step of a workflow');
  });

  test('a configuration of curl on the machine changes nothing', async () => {
    const endpoint = await startEndpoint(readyScript);
    const home = mkdtempSync(join(tmpdir(), 'stint-home-'));
    writeFileSync(join(home, '.curlrc'), 'url = "https://evil.example"\nheader = "authorization: stolen"\n');

    const { exitCode } = await runStep({ endpoint: endpoint.url }, { env: { HOME: home } });
    rmSync(home, { recursive: true });

    expect(exitCode).toBe(0);
    expect(Object.keys(endpoint.calls[0]?.headers ?? {})).not.toContain('authorization');
  });
});
