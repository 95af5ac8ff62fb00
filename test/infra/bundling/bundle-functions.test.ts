import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules, SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readBundle } from '../../../infra/bundling/bundle-file.ts';
import { limitsOf } from '../../../infra/bundling/bundle-limits.ts';
import { functionStems, projectDirectory } from '../../../infra/bundling/function-stems.ts';
import { outsideJest } from './outside-jest.ts';

const { bundleFunctions } = await outsideJest<typeof import('../../../infra/bundling/bundle-functions.ts')>(
  new URL('../../../infra/bundling/bundle-functions.ts', import.meta.url),
);

const stems = functionStems();

let root: string;
let outdir: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'stint-bundles-'));
  outdir = join(root, 'bundles');
  await bundleFunctions(stems, outdir);
}, 60_000);
afterAll(() => rmSync(root, { recursive: true }));

const text = (stem: string, ending = ''): string =>
  readFileSync(`${readBundle(outdir, stem).path}${ending}`, 'utf8');

/** Where a text stands in a source: its line and column, from 0. */
const placeIn = (source: string, wanted: string) => {
  const before = source.slice(0, source.indexOf(wanted)).split('\n');
  return { line: before.length - 1, column: before.at(-1)?.length ?? 0 };
};

describe('the functions', () => {
  test('are the files directly in functions/', () => {
    expect(stems).toContain('request-spot-instance');
    expect(stems.map((stem) => `${stem}.ts`)).toEqual(
      readdirSync(join(projectDirectory, 'functions')).filter((name) => name.endsWith('.ts')),
    );
  });
});

describe.each(stems)('the bundle of %s', (stem) => {
  test('is one file and its map', () => {
    expect(readdirSync(join(outdir, stem))).toEqual([`${stem}.cjs`, `${stem}.cjs.map`]);
  });

  test('exports its handler', async () => {
    const { handler } = await outsideJest<Record<string, unknown>>(
      new URL(`file://${readBundle(outdir, stem).path}`),
    );
    expect(typeof handler).toBe('function');
  });

  test('weighs no more than its limit', () => {
    const { kilobytes, sources } = readBundle(outdir, stem);
    expect(kilobytes).toBeLessThanOrEqual(limitsOf(sources).kilobytes);
  });

  test('requires nothing that is not in Node', () => {
    const required = text(stem).matchAll(/\b(?:require|import)\((["'`])(.*?)\1\)/g);
    const names = [...required].map(([, , name]) => name?.replace(/^node:/, ''));
    expect(names.filter((name) => name === undefined || !builtinModules.includes(name))).toEqual([]);
  });

  test('is all ASCII', () => {
    expect(text(stem)).toMatch(/^[\0-\x7f]*$/);
  });

  test('says nothing of the machine on which it was made, and neither does its map', () => {
    const all = text(stem) + text(stem, '.map');
    for (const path of [projectDirectory, root]) expect(all).not.toContain(path);
    expect(readBundle(outdir, stem).sources.filter((source) => /^(\/|\.\.|[A-Z]:)/.test(source))).toEqual([]);
  });

  test('holds nothing of what is for development only', () => {
    const { sources } = readBundle(outdir, stem);
    expect(sources.some((source) => source.startsWith('functions/'))).toBe(true);
    expect(sources.filter((source) => /^(local|test|infra|scripts)\/|@cloud-copilot/.test(source))).toEqual(
      [],
    );
  });
});

describe('a bundle', () => {
  test('is mapped back to the line of functions/ that is at work', () => {
    const code = text('request-spot-instance');
    const map = new SourceMap(JSON.parse(text('request-spot-instance', '.map')));
    const message = 'The execution that asked for the launch no longer runs.';
    const { line, column } = placeIn(code, message);
    const entry = map.findEntry(line, column) as { originalSource: string; originalLine: number };
    const source = readFileSync(join(projectDirectory, 'functions/domain/launch/launch.ts'), 'utf8');
    expect(entry.originalSource).toBe('functions/domain/launch/launch.ts');
    expect(entry.originalLine).toBe(placeIn(source, message).line);
  });

  test('holds the shapes of the operations that it calls, of the hundreds of its service', () => {
    const code = text('request-spot-instance');
    expect(code).toContain('RunInstances');
    expect(code).not.toContain('DescribeImages');
    expect(code).not.toContain('CreateVpc');
  });

  test('holds the endpoints of GitHub that the adapters call, of the hundreds that there are', () => {
    const code = text('fetch-jit-config');
    expect(code).toContain('POST /orgs/{org}/actions/runners/generate-jitconfig');
    expect(code).not.toContain('/gists');
  });

  test('is the same to the byte when it is made again, elsewhere', async () => {
    const again = ['sweep', 'fetch-jit-config', 'resolve-image'];
    const elsewhere = join(root, 'further', 'down');
    await bundleFunctions(again, elsewhere);
    for (const stem of again)
      for (const ending of ['', '.map'])
        expect(
          readFileSync(`${readBundle(elsewhere, stem).path}${ending}`, 'utf8') === text(stem, ending),
        ).toBe(true);
  }, 60_000);
});
