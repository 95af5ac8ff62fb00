import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import type { Report } from './report.ts';

jest.setTimeout(280_000);

const directory = join(import.meta.dirname, '..', '..');

/** Each process reads the same sources, and need not compile them anew. */
const compileCache = join(tmpdir(), 'stint-campaign-compiled');

/** Runs the campaign's command in a process of its own, as `npm run campaign` does. */
const campaign = (...args: readonly string[]) =>
  new Promise<{ status: number | null; lines: readonly string[] }>((resolve, reject) => {
    const child = spawn(process.execPath, ['test/campaign/main.ts', ...args], {
      cwd: directory,
      env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: compileCache },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, lines: output.trimEnd().split('\n') }));
  });

const reportOf = (lines: readonly string[]): Report => JSON.parse(lines.at(-1) ?? '') as Report;

const nothingFound = {
  leaked_instances: 0,
  leaked_registrations: 0,
  leaked_schedules: 0,
  leaked_executions: 0,
  busy_kills: 0,
  disagreements: 0,
};

const without = (...layers: readonly string[]) => layers.flatMap((layer) => ['--without', layer]);

test('300 random lives leak nothing and no secret, kill nothing and are told of truly', async () => {
  const { status, lines } = await campaign('--lives', '300', '--seed', '1');
  expect(lines.slice(0, -1)).toEqual([]);
  const report = reportOf(lines);
  expect(report).toMatchObject(nothingFound);
  expect(report.lives).toBeGreaterThanOrEqual(300);
  expect(report.faults).toBeGreaterThan(1_000);
  expect(report.kinds).toBeGreaterThan(15);
  expect(report.max_overrun_seconds).toBeLessThanOrEqual(7 * 60);
  expect(status).toBe(0);
});

/** `npm run campaign -- --exhaustive` is all of it, and takes minutes. */
test('calls of every path meet every kind of fault, one at a time, and all is well', async () => {
  const { status, lines } = await campaign('--exhaustive', '--one-of', '11');
  expect(lines.filter((line) => line.includes('(') && !line.startsWith('{'))).toEqual([]);
  expect(reportOf(lines)).toMatchObject(nothingFound);
  expect(lines.find((line) => line.startsWith('ec2 RunInstances'))).toBeDefined();
  expect(status).toBe(0);
});

describe('with a layer taken away', () => {
  test.each(['schedule', 'sweep', 'shutdown'])('%s, all is still clean', async (layer) => {
    const { status, lines } = await campaign('--lives', '40', '--seed', '2', ...without(layer));
    expect(lines.slice(0, -1)).toEqual([]);
    expect(status).toBe(0);
  });

  test.each([
    ['schedule', 'sweep'],
    ['schedule', 'shutdown'],
    ['sweep', 'shutdown'],
  ])('and another, %s and %s, no instance outlives its deadline', async (...pair) => {
    const { lines } = await campaign('--lives', '30', '--seed', '3', ...without(...pair));
    expect(reportOf(lines)).toMatchObject({ leaked_instances: 0, busy_kills: 0 });
  });
});

describe('a replay', () => {
  test('of a life prints what each party did and when, the faults marked, the same every time', async () => {
    const first = await campaign('--seed', '5', '--life', '13');
    expect(first.lines.length).toBeGreaterThan(50);
    expect(first.lines.some((line) => line.includes('⚡'))).toBe(true);
    expect(first.lines.some((line) => line.includes('workflow'))).toBe(true);
    expect((await campaign('--seed', '5', '--life', '13')).lines).toEqual(first.lines);
  });
});

test('with all layers taken away instances leak, the status says so, and a replay shows it again', async () => {
  const all = ['--lives', '20', '--seed', '4', ...without('schedule', 'sweep', 'shutdown')];
  const { status, lines } = await campaign(...all);
  expect(reportOf(lines).leaked_instances).toBeGreaterThan(0);
  expect(status).toBe(1);

  const [finding = ''] = lines.filter((line) => line.startsWith('leaked-instance'));
  const [, life = ''] = /--life (\d+)\)/.exec(finding) ?? [];
  const replayed = await campaign(...all, '--life', life);
  expect(replayed.lines.some((line) => line.startsWith('FOUND leaked-instance'))).toBe(true);
  expect(replayed.status).toBe(1);
});

test('what the command does not take is refused with its usage', async () => {
  expect((await campaign('--lives', 'many')).status).toBe(2);
});
