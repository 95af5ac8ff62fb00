import { expect, test } from '@jest/globals';
import { errorAdvice } from '../../../functions/domain/error-advice.ts';
import * as errors from '../../../functions/domain/errors.ts';
import { whatToDo } from '../../../functions/domain/status/life-of-provision.ts';
import { life } from '../../functions/fakes/life.ts';
import { provision } from '../../functions/fakes/lives.ts';

/** `LifeRemains` is a destroy's, and no other error is without a meaning for a provision. */
const names = Object.values(errors)
  .map((DomainError) => new DomainError('').name)
  .filter((name) => name !== 'LifeRemains');

test.each(names)('%s has a sentence that says what to do', (error) => {
  const sentence = whatToDo(provision(life, 'FAILED', { error }));
  expect(sentence).toBe(errorAdvice(error)?.whatToDo);
  expect(sentence).toMatch(/(Run the workflow again|The operator of the deployment must look).*\.$/);
});

test.each([
  ['an error that is not ours', provision(life, 'FAILED', { error: 'Sandbox.Timedout' })],
  ['the time-out', provision(life, 'TIMED_OUT', { error: 'States.Timeout' })],
  ['an error without a name', provision(life, 'FAILED')],
])('%s leads to the execution', (_, failed) => {
  expect(whatToDo(failed)).toMatch(new RegExp(`^Run the workflow again\\..*execution ${life}\\.$`));
});

test("an operator's Stop asks for another run", () => {
  expect(whatToDo(provision(life, 'ABORTED', { error: 'toString' }))).toBe('Run the workflow again.');
});
