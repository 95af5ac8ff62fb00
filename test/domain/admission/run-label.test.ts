import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseRunLabel } from '../../../functions/domain/admission/run-label.ts';

const prefix = 'rr_runner_';

describe('the label of a run', () => {
  test.each([
    ['rr_runner_1001_1', { runId: 1001, attempt: 1 }],
    ['rr_runner_1001_12', { runId: 1001, attempt: 12 }],
    ['rr_runner_1001_1_debug', { runId: 1001, attempt: 1, suffix: 'debug' }],
    ['rr_runner_1001_1_2', { runId: 1001, attempt: 1, suffix: '2' }],
    ['rr_runner_1001_1_a_b-c', { runId: 1001, attempt: 1, suffix: 'a_b-c' }],
    ['rr_runner_29000000000_1', { runId: 29_000_000_000, attempt: 1 }],
  ])('%s says its run, its attempt and its suffix', (label, said) => {
    expect(parseRunLabel(label, prefix)).toEqual(said);
  });

  test.each([
    'rr_runner_0123abcd',
    'rr_runner_1001',
    'rr_runner_1001_',
    'rr_runner_1001_0',
    'rr_runner_01001_1',
    'rr_runner_1001_1_',
    'rr_runner_1001_1b',
    'rr_runner_1001-1',
    'rr_runner_x1001_1',
    'rr_runner_9999999999999999_1',
    'my_runner_1001_1',
  ])('is not %s', (label) => {
    expect(parseRunLabel(label, prefix)).toBeUndefined();
  });

  test('of one run is never the label of another', () => {
    const id = fc.integer({ min: 1, max: 99_999_999_999 });
    const attempt = fc.integer({ min: 1, max: 9_999 });
    fc.assert(
      fc.property(id, attempt, fc.stringMatching(/^(_[A-Za-z0-9_-]{1,8})?$/), (runId, n, rest) => {
        expect(parseRunLabel(`${prefix}${runId}_${n}${rest}`, prefix)).toMatchObject({ runId, attempt: n });
      }),
    );
  });
});
