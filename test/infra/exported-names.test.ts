import { describe, expect, test } from '@jest/globals';
import { exportedBy, namesWithSeveralMeanings } from './exported-names.ts';
import { sourcesIn } from './layout.ts';

const folders = ['functions', 'infra', 'local', 'maintenance', 'statemachine'];

test('no name is exported with two meanings', () => {
  const sources = folders.flatMap(sourcesIn);
  expect(sources.length).toBeGreaterThan(300);
  expect(namesWithSeveralMeanings(sources)).toEqual([]);
});

describe('an export is seen when it is', () => {
  test.each<[string, string, string[]?]>([
    ['a constant', 'export const a = 1;'],
    ['a pattern', 'export const { a, b: [, c] } = b;', ['a', 'c']],
    ['a function', 'export async function a() {}'],
    ['a class', 'export abstract class a {}'],
    ['a type', 'export type a = string;'],
    ['an interface', 'export interface a { readonly b: string }'],
    ['in a list, under another name', 'const b = 1; export { b as a };'],
    ['only handed on: not its own', "export { type a } from './b.ts';", []],
  ])('%s', (_, text, names = ['a']) => {
    expect(exportedBy({ path: 'x.ts', text })).toEqual(names);
  });
});

test('a name of two files has two meanings, unless each function has it', () => {
  const source = (path: string, name: string) => ({ path, text: `export const ${name} = 1;` });
  const named = (...names: readonly string[]) =>
    namesWithSeveralMeanings(names.map((name, index) => source(`functions/${index}.ts`, name)));
  expect(named('a', 'a')).toEqual(['a: functions/0.ts, functions/1.ts']);
  expect(named('a', 'b')).toEqual([]);
  expect(named('handler', 'handler', 'assemble', 'assemble')).toEqual([]);
  expect(
    namesWithSeveralMeanings([source('functions/a.ts', 'handler'), source('local/b.ts', 'handler')]),
  ).toHaveLength(1);
});
