import { describe, expect, test } from '@jest/globals';
import { defaultTemplate } from './template.ts';

const { template } = defaultTemplate();
const resources: Readonly<Record<string, unknown>> = template.Resources;

/** The names that a value refers to, by `Ref`, `Fn::GetAtt`, `Fn::Sub` or `DependsOn`. */
const referencesIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref' && typeof inner === 'string') return [inner];
    if (key === 'Fn::GetAtt' && Array.isArray(inner)) return [String(inner[0])];
    if (key === 'Fn::Sub')
      return Array.from(JSON.stringify(inner).matchAll(/\$\{([\w:]+)/g), ([, name = '']) => name);
    if (key === 'DependsOn') return [inner].flat().map(String);
    return referencesIn(inner);
  });
};

const isPseudo = (name: string): boolean => name.startsWith('AWS::');

/** A way from a resource back to itself, or nothing. */
const cycleFrom = (name: string, path: readonly string[], done: Set<string>): readonly string[] => {
  if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
  if (done.has(name)) return [];
  for (const next of referencesIn(resources[name])) {
    const cycle = cycleFrom(next, [...path, name], done);
    if (cycle.length > 0) return cycle;
  }
  done.add(name);
  return [];
};

describe('the resources', () => {
  test('refer to nothing that is not in the template', () => {
    const known = new Set([...Object.keys(resources), ...Object.keys(template.Parameters ?? {})]);
    const missing = referencesIn(resources).filter((name) => !isPseudo(name) && !known.has(name));
    expect(missing).toEqual([]);
  });

  test('can be made one after the other: none depends on itself', () => {
    const done = new Set<string>();
    expect(Object.keys(resources).flatMap((name) => cycleFrom(name, [], done))).toEqual([]);
  });

  test('are within what CloudFormation takes of one stack', () => {
    expect(Object.keys(resources).length).toBeLessThan(500);
    expect(JSON.stringify(template, undefined, 1).length).toBeLessThan(1_000_000);
  });
});
