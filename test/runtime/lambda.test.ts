import { expect, test } from '@jest/globals';
import { AwsUnavailable } from '../../functions/domain/errors.ts';
import { environmentOf } from '../../functions/runtime/environment.ts';
import { lambda } from '../../functions/runtime/lambda.ts';
import type { Runtime } from '../../functions/runtime/runtime.ts';

const life = 'rr_runner_1f_x86_64-1';

const prepare = (step: (input: unknown) => Promise<unknown>) => {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const { settings, aws, github } = environmentOf({});
  const runtime: Runtime = {
    settings,
    aws,
    github,
    clock: () => new Date(),
    log: (decision, details) => void lines.push({ decision, ...details }),
    writeLine: () => undefined,
  };
  const handler = lambda(
    () => step,
    () => runtime,
  );
  return { lines, run: (input: unknown) => handler(input, {} as never) };
};

const output = { next: 'launched', pools: [{ instanceType: 'c5.9xlarge' }], since: '2026-03-01T10:00:00Z' };

test('a step is logged with its life and what it decided, and nothing else of its data', async () => {
  const { lines, run } = prepare(async () => output);
  await expect(run({ life, runner: { sealedJitConfig: 'x' } })).resolves.toBe(output);
  expect(lines).toEqual([{ decision: 'done', life, next: 'launched' }]);
});

test.each([
  ['a state machine', { life }],
  ["an event of a provision's end", { detail: { name: life, status: 'FAILED' } }],
])('a failure is logged with the life of %s', async (_, input) => {
  const { lines, run } = prepare(async () => {
    throw new AwsUnavailable('slow down');
  });
  await expect(run(input)).rejects.toThrow('slow down');
  expect(lines).toEqual([{ decision: 'failed', life, error: 'AwsUnavailable', reason: 'slow down' }]);
});

test.each([[{}], [{ life: 'my-test' }], [{ life: 7 }], [null], ['text']])(
  'an input that is about no life is logged without one: %j',
  async (input) => {
    const { lines, run } = prepare(async () => {
      throw new AwsUnavailable('slow down');
    });
    await expect(run(input)).rejects.toThrow();
    expect(lines).toEqual([{ decision: 'failed', error: 'AwsUnavailable', reason: 'slow down' }]);
  },
);

test('what is about no life is not logged when it goes well', async () => {
  const { lines, run } = prepare(async () => output);
  await run({});
  expect(lines).toEqual([]);
});
