import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const main = join(import.meta.dirname, '..', '..', 'local', 'main.ts');

let program: ChildProcess;
let url: string;

beforeAll(async () => {
  program = spawn(process.execPath, [main, '--port', '0', '--speed', '30'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  url = await new Promise<string>((resolve, reject) => {
    let printed = '';
    program.stdout?.on('data', (data: Buffer) => {
      printed += String(data);
      const [, found] = /^Stint is listening on (http:\/\/127\.0\.0\.1:\d+)$/m.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    program.once('exit', (code) => reject(new Error(`It ended with ${code}: ${printed}`)));
  });
}, 60_000);

afterAll(() => {
  program.kill('SIGKILL');
});

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const post = async (path: string, body: object): Promise<Answer> => {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = { status: response.status, body: (await response.json()) as Answer['body'] };
  if (answer.status !== 429 || answer.body['rule'] !== undefined) return answer;
  // The stage lets few requests through at once.
  await pause(100);
  return post(path, body);
};

const repository = 'rr-debugger/rr';
const ask = (runId: number, label = `rr_runner_${runId}_1`, of = repository): Promise<Answer> =>
  post('/runners', { operation: 'create', label, architecture: 'x86_64', repository: of, run_id: runId });
const putRun = (runId: number, status: string, of = repository): Promise<Answer> =>
  post('/_local/runs', { repository: of, run_id: runId, status });

describe('npm start, whose admission is verified', () => {
  beforeAll(async () => {
    await putRun(1002, 'completed');
    await putRun(1003, 'in_progress', 'a/b');
  });

  test('admits run 1001', async () => {
    expect(await ask(1001)).toMatchObject({ status: 202 });
  }, 30_000);

  test.each<[string, () => Promise<Answer>, string]>([
    ['an unknown run', () => ask(999), 'run-unknown'],
    ['a finished run', () => ask(1002), 'run-active'],
    ['a foreign run', () => ask(1003, undefined, 'a/b'), 'allowed-repository'],
    ['a foreign run under our name', () => ask(1003), 'run-unknown'],
    ['the label of another run', () => ask(1001, 'rr_runner_1003_1'), 'run-label'],
    ['another attempt', () => ask(1001, 'rr_runner_1001_2'), 'run-attempt'],
  ])('refuses %s, with a reason', async (_, refused, rule) => {
    expect(await refused()).toMatchObject({
      status: 403,
      body: { rule, detail: expect.stringMatching(/\.$/) },
    });
  });

  test('refuses the runner over the quota', async () => {
    for (const suffix of ['b', 'c'])
      expect(await ask(1001, `rr_runner_1001_1_${suffix}`)).toMatchObject({ status: 202 });
    expect(await ask(1001, 'rr_runner_1001_1_d')).toMatchObject({
      status: 429,
      body: { rule: 'run-quota' },
    });
  });
});
