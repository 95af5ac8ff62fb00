import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The sections of docs/promises.md, each with the tests that it names. */
const sections = read('docs/promises.md')
  .split(/^## /m)
  .slice(1)
  .map((section) => ({
    promise: section.split('\n')[0] ?? '',
    tests: Array.from(section.matchAll(/^- `([^`]+)`: (.+)$/gm), ([, file = '', title = '']) => ({
      file,
      title,
    })),
  }));

/** A title as it stands in the source of a test, where a quote can be escaped. */
const holds = (source: string, title: string): boolean =>
  ["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`));

test('every promise of the plan has its section, and so has the proof of the checks', () => {
  expect(sections.map(({ promise }) => promise.slice(0, 2))).toEqual([
    '1.',
    '2.',
    '3.',
    '4.',
    '5.',
    '6.',
    '7.',
    '8.',
    'Th',
  ]);
});

describe.each(sections)('"$promise"', ({ tests }) => {
  test('names tests that prove it', () => {
    expect(tests.length).toBeGreaterThan(2);
  });

  test.each(tests)('is proven by $file: $title', ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true);
    expect(holds(read(file), title)).toBe(true);
  });
});
