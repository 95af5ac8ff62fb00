import { describe, expect, test } from '@jest/globals';
import { departures, importsOf, readsEnvironment, sourcesIn } from './layout.ts';

describe('the layout', () => {
  test('is kept by every source', () => {
    const sources = ['functions', 'statemachine', 'infra'].flatMap(sourcesIn);
    expect(sources.length).toBeGreaterThan(60);
    expect(departures(sources)).toEqual([]);
  });

  test('has one reader of the environment', () => {
    const readers = sourcesIn('functions').filter(readsEnvironment);
    expect(readers.map(({ path }) => path)).toEqual(['functions/runtime/environment.ts']);
  });

  test('is about imports that are really there', () => {
    const [launcher] = sourcesIn('functions/adapters').filter(({ path }) => path.endsWith('ec2-launcher.ts'));
    expect(launcher === undefined ? [] : importsOf(launcher)).toEqual(
      expect.arrayContaining(['@aws-sdk/client-ec2', 'functions/domain/ports.ts']),
    );
  });
});

describe('a departure is found when', () => {
  test.each<[string, string, string]>([
    ['the domain imports an adapter', 'functions/domain/x.ts', "import { a } from '../adapters/a.ts';"],
    [
      'a room of the domain leaves it',
      'functions/domain/life/x.ts',
      "import { a } from '../../runtime/a.ts';",
    ],
    ['the stack imports the local cloud', 'infra/x.ts', "import { a } from '../local/options.ts';"],
    ['the domain imports a type', 'functions/domain/x.ts', "import type { A } from '../runtime/a.ts';"],
    ['the domain exports from elsewhere', 'functions/domain/x.ts', "export { a } from '../adapters/a.ts';"],
    ['the domain imports a package', 'functions/domain/x.ts', "import { z } from 'zod';"],
    ['a step imports an SDK', 'functions/x.ts', "import { EC2Client } from '@aws-sdk/client-ec2';"],
    ['a step loads an SDK late', 'functions/x.ts', "const e = await import('@aws-sdk/client-ec2');"],
    ['the runtime imports Octokit', 'functions/runtime/x.ts', "import { Octokit } from '@octokit/rest';"],
    ['an adapter imports the runtime', 'functions/adapters/x.ts', "import { log } from '../runtime/log.ts';"],
    ['a function imports the local cloud', 'functions/x.ts', "import { a } from '../local/options.ts';"],
    ['a function imports the stack', 'functions/x.ts', "import { a } from '../infra/config.ts';"],
    ['a step reads the environment', 'functions/x.ts', 'export const region = process.env.AWS_REGION;'],
    ['a step reads it by a key', 'functions/x.ts', "export const region = process['env'].AWS_REGION;"],
    ['a step names a type of an SDK', 'functions/x.ts', "let e: import('@aws-sdk/client-ec2').EC2Client;"],
    ['an adapter reads it otherwise', 'functions/adapters/x.ts', 'const { env } = { env: process.env };'],
  ])('%s', (_, path, text) => {
    expect(departures([{ path, text }]).length).toBeGreaterThan(0);
  });

  test('and not when a step imports what it may', () => {
    const text = "import { a } from './adapters/a.ts';\nimport { b } from './domain/b.ts';\n";
    expect(departures([{ path: 'functions/x.ts', text }])).toEqual([]);
  });
});
