import { expect, test } from '@jest/globals';
import { didYouMean } from '../../infra/closest.ts';

const names = ['port', 'speed', 'labelPrefix', 'liveRunnerCap', 'lifetimeMinutes'];

test.each([
  ['prot', ' (did you mean port?)'],
  ['spede', ' (did you mean speed?)'],
  ['labelprefix', ' (did you mean labelPrefix?)'],
  ['lifetimeMinuts', ' (did you mean lifetimeMinutes?)'],
  ['runnerCap', ' (did you mean liveRunnerCap?)'],
  ['organization', ''],
  ['', ''],
])('for "%s" it is meant%s', (word, expected) => {
  expect(didYouMean(word, names)).toBe(expected);
});
