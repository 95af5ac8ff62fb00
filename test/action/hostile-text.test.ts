import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Parser } from 'commonmark';
import { commandsIfNeverStopped, logLines, runnerCommands } from './runner-commands.ts';
import { destroying, problem, requested, runner, shows, spot } from './runners.ts';
import { type Script, ScriptedEndpoint } from './scripted-endpoint.ts';
import { runStep, type StepResult } from './workflow-step.ts';

jest.setTimeout(30_000);

const hostile = [
  'The console ends with:',
  '::set-output name=label::stolen',
  '  ::add-mask::a',
  '\t::error title=Fake::The maintainers broke this',
  'x\r::warning::after a carriage return',
  'y ##[add-path]/tmp/evil',
  '#\u200d#[add-path]/tmp/evil',
  '#\ufe0f#[add-path]/tmp/evil',
  '##[set-env name=PATH;]/tmp/evil',
  '::stop-commands::mine',
  '\u001b[31;1mred\u001b[0m \u001b]8;;https://evil.example\u0007a link\u001b]8;;\u0007',
  '\u001b::notice::hidden by an escape',
  '\u200b::notice::hidden by a zero-width space',
  '\u2028::notice::hidden by a line separator',
  'left \u202eright \u0000\u0008\u007f\u0085\u009b31m',
  '```',
  '</code></pre><img src=x onerror=alert(1)><script>alert(1)</script>',
  '# A heading | a | table |',
  '',
  '[a link](https://evil.example) @everyone',
  '$(touch /tmp/evil) `touch /tmp/evil` %0A::error::percent',
].join('\n');

const controls = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Variation_Selector}]/u;

const harmless = ['document', 'heading', 'paragraph', 'code_block', 'text', 'softbreak'];

const nodeTypes = (markdown: string): ReadonlySet<string> => {
  const types = new Set<string>();
  const walker = new Parser().parse(markdown).walker();
  for (let event = walker.next(); event !== null; event = walker.next()) types.add(event.node.type);
  return types;
};

const stepAt = async (script: Script): Promise<StepResult> => {
  const endpoint = await ScriptedEndpoint.start(script);
  try {
    return await runStep({ endpoint: endpoint.url });
  } finally {
    await endpoint.close();
  }
};

describe.each([
  [
    'the reason of a failure',
    {
      create: [requested('x86_64')],
      status: [shows(runner('x86_64', 'failed', { reason: hostile }))],
      destroy: [destroying()],
    },
  ],
  [
    'the machine, the status and the deadline',
    {
      create: [requested('x86_64')],
      status: [
        shows(
          runner('x86_64', hostile, { ...spot, instance_type: hostile, market: hostile, deadline: hostile }),
        ),
        shows(
          runner('x86_64', 'failed', { instance_id: hostile, deadline: hostile, reason: { deep: hostile } }),
        ),
      ],
      destroy: [destroying()],
    },
  ],
  ['the detail of a problem', { create: [problem(403, hostile)] }],
  ['an answer that is no problem document', { create: [{ status: 404, body: hostile }] }],
])('hostile text in %s', (_, script) => {
  let result: StepResult;

  beforeAll(async () => {
    result = await stepAt(script);
  });

  test('gives the runner no command', () => {
    expect(result.exitCode).toBe(1);
    expect(runnerCommands(result.log).map(({ command }) => command)).toEqual([
      'stop-commands',
      'resume-commands',
      'error',
    ]);
  });

  test('would give it none if commands had not been stopped', () => {
    expect(commandsIfNeverStopped(result.log).map((line) => line.slice(0, 15))).toEqual([
      '::stop-commands',
      '::error title=S',
    ]);
  });

  test('leaves no control character in the log and the summary, and not a line more in the annotation', () => {
    expect(logLines(result.log).filter((line) => controls.test(line))).toEqual([]);
    expect(logLines(result.summary).filter((line) => controls.test(line))).toEqual([]);
    expect(runnerCommands(result.log).at(-1)?.data).not.toMatch(/[\r\n]/);
  });

  test('is nothing but text in the summary', () => {
    expect([...nodeTypes(result.summary)].filter((type) => !harmless.includes(type))).toEqual([]);
  });

  test('sets no output', () => {
    expect(result.outputs).toEqual({
      label: 'rr_runner_1001_1',
      attempt: '1',
      'runs-on-x86_64': '["rr_runner_1001_1","arch_x86_64"]',
    });
  });
});

describe('too much text', () => {
  test('is cut off, so that the summary stays under its limit of 1 MiB', async () => {
    const reason = `${'a very long line '.repeat(1_000)}\n${'line\n'.repeat(50_000)}`;
    const { summary, log } = await stepAt({
      create: [requested('x86_64')],
      status: [shows(runner('x86_64', 'failed', { reason }))],
      destroy: [destroying()],
    });

    expect(summary.length).toBeLessThan(20_000);
    expect(log.length).toBeLessThan(20_000);
  });
});
