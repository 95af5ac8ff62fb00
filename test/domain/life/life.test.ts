import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { architectures } from '../../../functions/domain/architecture.ts';
import { destroyName, destroyReasons, parseDestroyName } from '../../../functions/domain/ending/destroy.ts';
import { labelProblem, maximumLabelLength } from '../../../functions/domain/label.ts';
import {
  lifeName,
  parseLifeName,
  parseRunnerName,
  parseScheduleName,
  runnerName,
  scheduleName,
} from '../../../functions/domain/life/life.ts';

const prefix = 'rr_runner_';
const deployment = 'a1b2c3d4';
const labels = fc.stringMatching(
  new RegExp(`^${prefix}[A-Za-z0-9_-]{1,${maximumLabelLength - prefix.length}}$`),
);
const lives = fc.record({
  label: labels,
  architecture: fc.constantFrom(...architectures),
  n: fc.integer({ min: 1, max: 999 }),
});

describe('names', () => {
  test('a life is read back from its name, whatever its label looks like', () => {
    fc.assert(fc.property(lives, (life) => expect(parseLifeName(lifeName(life))).toEqual(life)));
  });

  test('a registered name gives back life and round, and is at most 64 characters long', () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: 1, max: 9 }), (life, round) => {
        const name = runnerName(lifeName(life), round, deployment);
        expect(name.length).toBeLessThanOrEqual(64);
        expect(parseRunnerName(name, deployment)).toEqual({ life: lifeName(life), round });
      }),
    );
  });

  test('a schedule gives back its life, and its name is at most 64 characters long', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const name = scheduleName(lifeName(life), deployment);
        expect(name.length).toBeLessThanOrEqual(64);
        expect(parseScheduleName(name, deployment)).toBe(lifeName(life));
      }),
    );
  });

  test('a destroy gives back life, reason and number, and its name is at most 80 characters long', () => {
    fc.assert(
      fc.property(
        lives,
        fc.constantFrom(...destroyReasons),
        fc.integer({ min: 1, max: 99 }),
        (life, reason, k) => {
          const name = destroyName(lifeName(life), reason, k);
          expect(name.length).toBeLessThanOrEqual(80);
          expect(parseDestroyName(name)).toEqual({ life: lifeName(life), reason, k });
        },
      ),
    );
  });

  test("another deployment's names are not ours", () => {
    expect(parseRunnerName('rr_runner_a_x86_64-1-1-zzzzzzzz', deployment)).toBeUndefined();
    expect(parseScheduleName('rr_runner_a_x86_64-1-zzzzzzzz', deployment)).toBeUndefined();
  });

  test.each(['my-laptop', 'rr_runner_a_x86_64', 'rr_runner_a_x86_64-0', 'rr_runner_a_riscv-1', ''])(
    'a name that a person gave is no life: %p',
    (name) => {
      expect(parseLifeName(name)).toBeUndefined();
      expect(parseRunnerName(`${name}-1-${deployment}`, deployment)).toBeUndefined();
    },
  );
});

describe('labels', () => {
  test("the first user's are labels", () => {
    expect(labelProblem(`rr_runner_${'0123456789abcdef'.repeat(2)}`, prefix)).toBeUndefined();
  });

  test.each([
    [7, 'must be a string'],
    ['gpu_1', 'must start with "rr_runner_"'],
    ['xrr_runner_1', 'must start with "rr_runner_"'],
    ['rr_runner_', 'must have at least one character after "rr_runner_"'],
    [`rr_runner_${'a'.repeat(33)}`, 'must have at most 42 characters'],
    ['rr_runner_a b', 'must have only letters'],
    ['rr_runner_$(reboot)', 'must have only letters'],
    ['rr_runner_../../etc', 'must have only letters'],
    ['rr_runner_a\n', 'must have only letters'],
    ['rr_runner_é', 'must have only letters'],
  ])('%p %s', (value, problem) => {
    expect(labelProblem(value, prefix)).toContain(problem);
  });
});
