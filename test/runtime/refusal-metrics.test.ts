import { expect, test } from '@jest/globals';
import { invalidRequest, Problem } from '../../functions/domain/api/problem.ts';
import { AwsUnavailable } from '../../functions/domain/errors.ts';
import { countingRefusals } from '../../functions/runtime/refusal-metrics.ts';
import { measured } from '../functions/fakes/measured.ts';

const request = { method: 'POST', path: '/', parameters: {}, headers: {}, body: new Uint8Array(), root: '' };

const refusedBy = (error: Error) => {
  const { measure, values, told } = measured();
  const respond = countingRefusals(measure, async () => {
    throw error;
  });
  return { values, told, answer: respond(request) };
};

test.each<[string, Error, string]>([
  [
    'a rule of admission',
    new Problem('limit-reached', 'No.', { rule: 'live-runner-cap' }),
    'live-runner-cap',
  ],
  ['a mistake', invalidRequest([{ field: 'label', detail: 'must be given' }]), 'invalid-request'],
  ['a dependency that is away', new AwsUnavailable('slow down'), 'dependency-unavailable'],
  ['a fault of ours', new TypeError('x is undefined'), 'unexpected'],
])('a refusal is counted by what refused: %s', async (_, error, rule) => {
  const { values, answer } = refusedBy(error);
  await expect(answer).rejects.toBeInstanceOf(Problem);
  expect(values).toEqual([`RequestsRefused 1 ${rule}`]);
});

test('an answer is not counted', async () => {
  const { measure, values } = measured();
  const answered = { statusCode: 202, headers: {}, body: '' };
  await expect(countingRefusals(measure, async () => answered)(request)).resolves.toBe(answered);
  expect(values).toEqual([]);
});
