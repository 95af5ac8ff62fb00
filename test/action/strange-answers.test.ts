import { describe, expect, jest, test } from '@jest/globals';
import { destroying, requested, runner, shows, spot } from './runners.ts';
import type { Answer, Script } from './scripted-endpoint.ts';
import { endpoints } from './with-endpoint.ts';
import { runStep } from './workflow-step.ts';

jest.setTimeout(60_000);

const startEndpoint = endpoints();

const run = async (mode: string, script: Script) => {
  const endpoint = await startEndpoint(script);
  const result = await runStep({ mode, endpoint: endpoint.url, 'timeout-seconds': '1200' });
  expect(result.log).not.toContain('The action itself failed');
  return { ...result, endpoint };
};

const ok = (body: unknown, status = 200): Answer => ({ status, body });

const listings: readonly unknown[] = [
  { runners: [1] },
  { runners: [null] },
  { runners: [[]] },
  { runners: ['ready'] },
  { runners: { name: 1 } },
  { runners: true },
  { runners: null },
  [],
  'null',
  '',
  '{"runners":[]} {"runners":[]}',
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  '{"runners":[{"name":"a"',
];

describe.each(listings.map((body) => [JSON.stringify(body).slice(0, 60), body]))(
  'an answer %s',
  (_, body) => {
    test('to a stop is none of Stint’s: it is asked again, and then warns', async () => {
      const { exitCode, log, slept } = await run('stop', { destroy: [ok(body, 202)] });
      expect(exitCode).toBe(0);
      expect(slept).toEqual([2, 4, 8, 16, 30]);
      expect(log).toMatch(
        /^::warning title=Stint::The endpoint answered 202: .*number 6\. Nothing is lost: /m,
      );
    });

    test('to a create is none of Stint’s either, and the step fails', async () => {
      const { exitCode, log } = await run('start', { create: [ok(body, 202)], destroy: [destroying()] });
      expect(exitCode).toBe(1);
      expect(log).toContain('::error title=Stint::The endpoint answered 202: ');
    });

    test('to a look is asked again', async () => {
      const status = [ok(body), shows(runner('x86_64', 'ready', spot))];
      const { exitCode, slept } = await run('start', { create: [requested('x86_64')], status });
      expect([exitCode, slept]).toEqual([0, [2]]);
    });

    test('with a refusal is a refusal', async () => {
      const { exitCode, log } = await run('start', { create: [ok(body, 400)], destroy: [destroying()] });
      expect(exitCode).toBe(1);
      expect(log).toContain('::error title=Stint::The endpoint answered 400: ');
    });
  },
);

const values = [null, true, -1, 1.5, 1e300, '', [], [1], {}, { a: { b: 1 } }];
const fields = [
  'name',
  'architecture',
  'status',
  'reason',
  'what_to_do',
  'deadline',
  'market',
  'usually_ready_seconds',
];

describe.each(fields)('whatever %s is', (field) => {
  const strange = values.map((value) => ({ ...runner('x86_64', 'failed', { ...spot, [field]: value }) }));

  test('in the answers to a create and a look, the step does not break', async () => {
    const script = {
      create: [ok({ runners: strange }, 202)],
      status: [ok({ runners: [...strange, runner('x86_64', 'ready')] })],
      destroy: [destroying()],
    };
    await run('start', script);
  });

  test('in the answer to a stop, the step ends well', async () => {
    expect((await run('stop', { destroy: [ok({ runners: strange }, 202)] })).exitCode).toBe(0);
  });
});

describe('an answer without end', () => {
  test.each(['start', 'stop'])(
    'is cut off after a megabyte, though nobody said its length (%s)',
    async (mode) => {
      const endless = [{ chunkedBytes: 100_000_000 }];
      const { log, slept } = await run(mode, { create: endless, destroy: endless });
      expect(slept).toEqual([2, 4, 8, 16, 30]);
      expect(log).toContain(
        'The endpoint did not answer (its answer has more than 1000 KB). That was try number 6.',
      );
    },
  );

  test('is no matter where it ends in time', async () => {
    const { exitCode } = await run('start', {
      create: [{ chunkedBytes: 900_000 }, requested('x86_64')],
      status: [shows(runner('x86_64', 'ready'))],
    });
    expect(exitCode).toBe(0);
  });
});
