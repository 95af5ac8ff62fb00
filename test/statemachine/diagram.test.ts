import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { definitionText, stateMachineNames } from '../../statemachine/definitions.ts';
import { diagram, withDiagrams } from '../../statemachine/diagram.ts';
import { transitions } from '../../statemachine/transitions.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('the README shows the state machines as they are; `npm run diagram` draws them anew', () => {
  expect(withDiagrams(readme)).toBe(readme);
});

test.each([...stateMachineNames])('the README has a diagram of %s', (name) => {
  expect(readme).toContain(diagram(name));
});

test('a choice is drawn with the answers that it tells apart', () => {
  expect(diagram('provision-runner')).toContain('IsRunnerReady -->|ready, used| RunnerReady');
});

test.each([...stateMachineNames])('every arrow of a choice in %s says when it is gone along', (name) => {
  const silent = transitions(definitionText(name)).filter(
    ({ kind, answers }) => kind === 'choice' && answers.join('') === '',
  );

  expect(silent).toEqual([]);
});
