import { describe, expect, test } from '@jest/globals';
import { Problem, type ProblemKind } from '../../../functions/domain/api/problem.ts';
import { problemOf } from '../../../functions/domain/api/problem-of-error.ts';
import * as errors from '../../../functions/domain/errors.ts';
import { EnvironmentInvalid } from '../../../functions/runtime/environment.ts';

type ErrorName = keyof typeof errors;

const situations = new Map(Object.entries(errors));

/** What a caller meets of each situation. What only a state machine meets would be a mistake of ours here. */
const met: Readonly<Record<ErrorName, readonly [kind: ProblemKind, status: number]>> = {
  AwsUnavailable: ['dependency-unavailable', 503],
  GitHubUnavailable: ['dependency-unavailable', 503],
  CredentialUnusable: ['credential-unusable', 503],
  GitHubRefused: ['credential-unusable', 503],
  AwsRefused: ['unexpected', 500],
  ImageNotFound: ['unexpected', 500],
  CapacityUnavailable: ['unexpected', 500],
  InstanceTypeUnsupported: ['unexpected', 500],
  QuotaExceeded: ['unexpected', 500],
  LaunchForbidden: ['unexpected', 500],
  CapReached: ['unexpected', 500],
  RunnerNeverOnline: ['unexpected', 500],
  InstanceLost: ['unexpected', 500],
  LifeRemains: ['unexpected', 500],
  InputInvalid: ['unexpected', 500],
};

const secret = 'the message, which is the operator’s';

describe('a caller is told', () => {
  test.each(Object.keys(errors) as ErrorName[])(
    'of %s what it is for a caller, and nothing of its message',
    (name) => {
      const Situation = situations.get(name) as (typeof errors)['InputInvalid'];
      const error = new Situation(secret);
      const problem = problemOf(error);
      expect([problem.kind, problem.status]).toEqual(met[name]);
      expect(JSON.stringify(problem.document)).not.toContain(secret);
      expect(problem.cause).toBe(error);
    },
  );

  test.each([new EnvironmentInvalid(secret), new TypeError(secret), secret, undefined, null])(
    'of anything else that the fault is not theirs',
    (error) => {
      expect(problemOf(error)).toMatchObject({ kind: 'unexpected', status: 500 });
      expect(JSON.stringify(problemOf(error).document)).not.toContain(secret);
    },
  );

  test('of a refusal what it says', () => {
    const refusal = new Problem('limit-reached', 'Later.', {
      rule: 'live-runner-cap',
      retryAfterSeconds: 60,
    });
    expect(problemOf(refusal, { label: 'rr_runner_1' })).toMatchObject({
      kind: 'limit-reached',
      message: 'Later.',
      members: { rule: 'live-runner-cap', retryAfterSeconds: 60, label: 'rr_runner_1' },
    });
  });
});

describe('a credential that cannot be used', () => {
  test.each([new errors.CredentialUnusable(secret), new errors.GitHubRefused(secret)])(
    'is told with its place, who mends it with what, and when to come back',
    (error) => {
      const { message, members } = problemOf(error);
      expect(message).toMatch(/GitHub credential|credential of this deployment/);
      for (const word of ['GitHubSecretArn', 'npm run doctor', 'npm run fill-secret', '300 seconds'])
        expect(message).toContain(word);
      expect(members.retryAfterSeconds).toBe(300);
    },
  );
});
