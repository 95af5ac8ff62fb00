import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, jest, test } from '@jest/globals';

jest.setTimeout(120_000);

const project = join(import.meta.dirname, '..', '..');
const main = join(project, 'local', 'main.ts');

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Starts a program, and waits until it listens. */
const listening = (child: ChildProcess): Promise<string> => {
  children.push(child);
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (data: Buffer) => {
      printed += String(data);
      const [, url] = /listening on (http:\S+)/.exec(printed) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${printed}`)));
  });
};

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

const untilSilent = async (url: string): Promise<void> => {
  for (let tries = 0; tries < 300 && (await answers(url)); tries += 1) await pause(100);
};

describe('npm start', () => {
  test.each(['--help', '-h'])('with %s shows its options, and synthesizes nothing', (option) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, option], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^npm start -- \[options\]\n {2}--port 8787/);
  });

  test('says at once that its port is taken, without a synthesis', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const port = String((other.address() as { readonly port: number }).port);
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--port', port], {
      encoding: 'utf8',
    });
    other.close();
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toBe(`Port ${port} is taken. Choose another: npm start -- --port 0\n`);
  });

  test('ends when npm, which started it, is killed, and leaves no folder and no port behind', async () => {
    const npm = spawn('npm', ['start', '--', '--port', '0'], {
      cwd: project,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const url = await listening(npm);
    expect(await answers(url)).toBe(true);
    npm.kill('SIGKILL');
    await untilSilent(url);
    expect(await answers(url)).toBe(false);
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'ends well at %s, and its folder with it',
    async (signal) => {
      const child = spawn(process.execPath, [main, '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
      await listening(child);
      const folder = join(project, 'dist', 'start', String(child.pid));
      expect(readdirSync(folder).toSorted()).toEqual(['cdk.out', 'functions']);
      child.kill(signal);
      const code = await new Promise((resolve) => child.once('exit', resolve));
      expect([code, existsSync(folder)]).toEqual([0, false]);
    },
  );
});
