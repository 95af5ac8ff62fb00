import { describe, expect, test } from '@jest/globals';
import {
  classLabel,
  classNamed,
  classOfLabel,
  lifetimeOf,
  longestLifetimeOf,
} from '../../functions/domain/machine-class.ts';
import { isOfFork } from '../../functions/domain/workflow-run.ts';
import { classes } from '../functions/fakes/classes.ts';

describe('the label of a class', () => {
  test.each(['big', 'x', 'a-b_c9'])('of %s names it, in whatever case GitHub shows it', (name) => {
    expect(classOfLabel(classLabel(name))).toBe(name);
    expect(classOfLabel(classLabel(name).toUpperCase())).toBe(name);
  });

  test.each([
    'class_',
    'class_9',
    'class_a b',
    'classbig',
    'arch_x86_64',
    'my_class_big',
    `class_${'x'.repeat(33)}`,
  ])('%s is none', (label) => {
    expect(classOfLabel(label)).toBeUndefined();
  });
});

describe('a class', () => {
  test('is the default one when none is named, and none when the deployment has it not', () => {
    expect(classNamed(classes)).toBe(classes.default);
    expect(classNamed(classes, 'big')).toBe(classes['big']);
    for (const name of ['small', 'constructor', 'toString', '__proto__'])
      expect(classNamed(classes, name)).toBeUndefined();
  });

  test('bounds a life; one that the deployment has no more by what any can have', () => {
    expect(lifetimeOf(classes, undefined)).toBe(60);
    expect(lifetimeOf(classes, 'big')).toBe(240);
    expect(lifetimeOf(classes, 'gone')).toBe(360);
    expect(longestLifetimeOf(classes)).toBe(240);
  });
});

test.each([
  ['o/r', false],
  ['O/R', false],
  ['mallory/r', true],
  [undefined, true],
])('a run of o/r whose code is in %s is of a fork: %s', (headRepository, expected) => {
  const run = { repository: 'o/r', status: 'queued', attempt: 1 };
  expect(isOfFork(headRepository === undefined ? run : { ...run, headRepository })).toBe(expected);
});
