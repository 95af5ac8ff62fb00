import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const project = join(import.meta.dirname, '..', '..');

const documents = [
  ...readdirSync(project).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(project, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** The commands of a document, those that go on behind a backslash in one line. */
const commandsIn = (document: string, tool: string): readonly string[] =>
  readFileSync(join(project, document), 'utf8')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.startsWith(`${tool} `));

const curls = documents.flatMap((document) => commandsIn(document, 'curl'));

test('curl is called with options that it has had for years: --json needs 7.82, --fail-with-body 7.76', () => {
  expect(curls.length).toBeGreaterThan(5);
  const options = curls.flatMap(
    (command) => command.replaceAll(/'[^']*'/g, '').match(/(?<=\s)--?[a-z-]+/gi) ?? [],
  );
  expect([...new Set(options)].toSorted()).toEqual(['-H', '-d']);
});

test('what is sent to the endpoint is JSON and says so', () => {
  const sending = curls.filter((command) => command.includes(' -d '));
  expect(sending.filter((command) => !command.includes("-H 'content-type: application/json'"))).toEqual([]);
});

test('npm is asked only for scripts that there are', () => {
  const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const asked = documents
    .filter((document) => document !== 'CHANGELOG.md')
    .flatMap((document) => [
      ...readFileSync(join(project, document), 'utf8').matchAll(/npm run ([a-z][\w:-]*)/g),
    ]);
  expect(asked.map(([, name = '']) => name).filter((name) => scripts[name] === undefined)).toEqual([]);
});
