import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { FunctionLogLine } from '../../../../local/aws/lambda/function-invoker.ts';
import { WorkerFunctions } from '../../../../local/aws/lambda/worker-functions.ts';
import type { StackFunction } from '../../../../local/template/stack-functions.ts';

const echo: StackFunction = {
  name: 'Echo',
  stem: 'echo',
  assetDirectory: fileURLToPath(new URL('./bundles/echo', import.meta.url)),
  handler: 'index.handler',
  environment: { LABEL_PREFIX: 'rr_runner_' },
  timeoutSeconds: 30,
  memoryMib: 256,
  roleArn: 'arn:aws:iam::000000000000:role/Echo',
};

const endpoints = {
  region: 'us-east-2',
  awsUrl: 'http://127.0.0.1:1',
  githubUrl: 'http://127.0.0.1:1/github',
};

let open: WorkerFunctions | undefined;

const other: StackFunction = { ...echo, name: 'Other', environment: { LABEL_PREFIX: 'other_' } };

const functionsAt = (
  speed: number,
  lines: FunctionLogLine[] = [],
  limits: { readonly threads?: number; readonly idleMs?: number } = {},
) => {
  open = new WorkerFunctions({
    ...limits,
    functions: [echo, other],
    endpoints,
    timeScale: { originMs: Date.now() - 60_000, speed },
    onLog: (line) => lines.push(line),
  });
  return open;
};

afterEach(async () => open?.close());

describe('functions in workers', () => {
  test('take and give JSON, by name or by the ARN of a version', async () => {
    const functions = functionsAt(1);
    const arn = 'arn:aws:lambda:us-east-2:000000000000:function:Echo:1';

    const results = await Promise.all(
      ['Echo', arn].map((reference) =>
        functions.invoke(reference, { deed: 'echo', at: new Date(0), left: undefined }),
      ),
    );

    const payload = { deed: 'echo', at: '1970-01-01T00:00:00.000Z' };
    expect(results).toEqual([
      { ok: true, payload },
      { ok: true, payload },
    ]);
  });

  test('have each line of their standard output in the log, one of JSON as what it says', async () => {
    const lines: FunctionLogLine[] = [];
    const functions = functionsAt(1, lines);

    await functions.invoke('Echo', { deed: 'write', text: '{"OrphansFound":' });
    await functions.invoke('Echo', { deed: 'write', text: '0}\nplain\n' });

    expect(lines.map(({ message }) => message)).toEqual([{ OrphansFound: 0 }, 'plain']);
  });

  test('see the template’s environment and Lambda’s own, and none of this process', async () => {
    const result = await functionsAt(1).invoke('Echo', { deed: 'environment' });

    expect(result).toEqual({
      ok: true,
      payload: {
        LABEL_PREFIX: 'rr_runner_',
        AWS_REGION: 'us-east-2',
        AWS_ACCESS_KEY_ID: 'local.Echo',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
        GITHUB_API_URL: 'http://127.0.0.1:1/github',
        AWS_LAMBDA_FUNCTION_NAME: 'Echo',
        AWS_LAMBDA_FUNCTION_VERSION: '1',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
        _HANDLER: 'index.handler',
        TZ: ':UTC',
      },
    });
  });

  test('live in simulated time', async () => {
    const result = await functionsAt(20).invoke('Echo', { deed: 'now' });

    const now = result.ok ? Number(result.payload) : 0;
    expect(now - Date.now()).toBeGreaterThanOrEqual(19 * 60_000);
  });

  test('hand on what they write, as it was written', async () => {
    const lines: FunctionLogLine[] = [];

    await functionsAt(1, lines).invoke('Echo', { deed: 'log', line: { decision: 'launched', life: 'a-1' } });

    expect(lines).toEqual([{ name: 'Echo', level: 'info', message: { decision: 'launched', life: 'a-1' } }]);
  });

  test('fail with the name and the message of the error', async () => {
    const result = await functionsAt(1).invoke('Echo', {
      deed: 'throw',
      name: 'AwsUnavailable',
      message: 'EC2 is away',
    });

    expect(result).toMatchObject({ ok: false, errorType: 'AwsUnavailable', errorMessage: 'EC2 is away' });
  });

  test('share no worker while they run, and use it again afterwards', async () => {
    const functions = functionsAt(1);
    const waits = [
      functions.invoke('Echo', { deed: 'wait', ms: 50 }),
      functions.invoke('Echo', { deed: 'count' }),
    ];
    const [, counted] = await Promise.all(waits);

    const again = await functions.invoke('Echo', { deed: 'count' });

    expect([counted, again]).toContainEqual({ ok: true, payload: 1 });
  });

  test('are ended when their time is over, and start anew', async () => {
    const functions = functionsAt(40);

    const result = await functions.invoke('Echo', { deed: 'hang' });

    expect(result).toMatchObject({
      ok: false,
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringContaining('Task timed out after 30.00 seconds'),
    });
    await expect(functions.invoke('Echo', { deed: 'count' })).resolves.toEqual({ ok: true, payload: 1 });
  });

  test('fail when they end their process', async () => {
    const result = await functionsAt(1).invoke('Echo', { deed: 'exit' });

    expect(result).toMatchObject({ ok: false, errorType: 'Runtime.ExitError' });
  });

  test('that share a thread have each its own environment, its own role and its own log', async () => {
    const lines: FunctionLogLine[] = [];
    const functions = functionsAt(1, lines, { threads: 1 });
    const own = async (name: string) => {
      await functions.invoke(name, { deed: 'log', line: name });
      const result = await functions.invoke(name, { deed: 'environment' });
      const { LABEL_PREFIX, AWS_ACCESS_KEY_ID } = (result.ok ? result.payload : {}) as Record<string, string>;
      return [LABEL_PREFIX, AWS_ACCESS_KEY_ID];
    };

    expect([await own('Echo'), await own('Other'), await own('Echo')]).toEqual([
      ['rr_runner_', 'local.Echo'],
      ['other_', 'local.Other'],
      ['rr_runner_', 'local.Echo'],
    ]);
    expect(lines.map(({ name, message }) => [name, message])).toEqual([
      ['Echo', 'Echo'],
      ['Other', 'Other'],
      ['Echo', 'Echo'],
    ]);
    expect(functions.threads).toBe(1);
  });

  test('can import a module when they need it', async () => {
    const result = await functionsAt(1).invoke('Echo', { deed: 'import', name: 'node:http' });

    expect(result).toEqual({ ok: true, payload: 'function' });
  });

  test('wait for their turn when as many run as may, each once and in order', async () => {
    const functions = functionsAt(1, [], { threads: 2 });
    const results = await Promise.all(
      Array.from({ length: 9 }, () => functions.invoke('Echo', { deed: 'wait', ms: 5 })),
    );

    expect(results).toEqual(Array.from({ length: 9 }, () => ({ ok: true, payload: 'waited' })));
    expect(functions.threads).toBe(2);
  });

  test('go on in another thread after one that was ended, also those that wait', async () => {
    const functions = functionsAt(1, [], { threads: 1 });
    const [ended, waited] = await Promise.all([
      functions.invoke('Echo', { deed: 'exit' }),
      functions.invoke('Echo', { deed: 'wait', ms: 1 }),
    ]);

    expect([ended.ok, waited.ok]).toEqual([false, true]);
  });

  test('leave no thread behind when there is nothing to do', async () => {
    const functions = functionsAt(1, [], { idleMs: 20 });
    await Promise.all([functions.invoke('Echo', { deed: 'now' }), functions.invoke('Echo', { deed: 'now' })]);
    await new Promise((resolve) => setTimeout(resolve, 200));

    expect(functions.threads).toBe(0);
    expect(await functions.invoke('Echo', { deed: 'count' })).toEqual({ ok: true, payload: 1 });
  });

  test('are not there by another name', async () => {
    await expect(functionsAt(1).invoke('Nobody', {})).rejects.toThrow('There is no function Nobody');
  });
});
