import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const source = new URL('../../local/run-folder.ts', import.meta.url).href;

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'run-folder-'));
});
afterEach(() => rmSync(parent, { recursive: true }));

/** What a process of its own says of its folder, and what it does at its end. */
const inProcess = (code: string) =>
  spawnSync(
    process.execPath,
    ['--input-type=module', '-e', `import { runFolder } from '${source}'; ${code}`],
    {
      encoding: 'utf8',
      env: { PARENT: join(parent, 'start') },
    },
  );

test('a program has a folder of its own, which is gone when it has ended', () => {
  const { stdout } = inProcess('console.log(process.pid, runFolder(process.env.PARENT))');
  const [pid = '', folder = ''] = stdout.trim().split(' ');
  expect(folder).toBe(join(parent, 'start', pid));
  expect(existsSync(folder)).toBe(false);
});

test('what a killed program left goes when the next one starts, and what a running one has stays', () => {
  const { pid } = inProcess(`runFolder(process.env.PARENT); process.kill(process.pid, 'SIGKILL')`);
  const running = join(parent, 'start', String(process.pid));
  mkdirSync(running);
  writeFileSync(join(running, 'bundle'), '');
  expect(readdirSync(join(parent, 'start'))).toContain(String(pid));
  inProcess('runFolder(process.env.PARENT)');
  expect(readdirSync(join(parent, 'start'))).toEqual([String(process.pid)]);
  expect(readdirSync(running)).toEqual(['bundle']);
});
