import { describe, expect, jest, test } from '@jest/globals';
import type { LocalCloud } from '../../local/local-cloud.ts';
import { about, examined, expectTrouble, troubled } from './examination.ts';

/** The first test of a file loads every function. */
jest.setTimeout(60_000);

const status =
  (word: string) =>
  ({ deployed }: LocalCloud): void => {
    deployed.status = word;
  };

describe('doctor finds a stack', () => {
  test.each([
    ['ROLLBACK_COMPLETE', 'fail', /npm run remove, and then npm run deploy/],
    ['DELETE_FAILED', 'fail', /npm run remove/],
    ['UPDATE_ROLLBACK_FAILED', 'fail', /continue-update-rollback --stack-name Stint/],
    ['UPDATE_IN_PROGRESS', 'warning', /again when it has come to its end/],
    ['UPDATE_ROLLBACK_COMPLETE', 'warning', /newest deployment failed/],
  ] as const)('that is %s', async (word, mark, says) => {
    const { findings } = await examined({ change: status(word) });

    expectTrouble(findings, 'Stack', mark, says);
  });

  test('of somebody else', async () => {
    const { findings } = await examined({
      change: ({ deployed }) => Object.assign(deployed.record, { description: 'A shop' }),
    });

    expectTrouble(findings, 'Stack', 'fail', /not Stint’s stack → Set stackName/);
  });

  test('that an older version of Stint has made', async () => {
    const { findings } = await examined({
      change: ({ deployed }) => Object.assign(deployed.record, { outputs: {} }),
    });

    expectTrouble(findings, 'Stack', 'fail', /lacks outputs.* → npm run deploy/);
  });

  test.each([
    ['that is empty', undefined, /fail: The GitHub secret is empty.* → npm run fill-secret/],
    ['that is no JSON', 'secret', /fail: The GitHub secret is not a JSON object/],
    ['with half of an App', '{"appId":"1"}', /fail: .*neither a token nor a whole App/],
  ])('with a secret %s', async (_, value, says) => {
    const { findings } = await examined({
      change: ({ stack, secrets }) => {
        for (const arn of stack.secretArns) secrets.put(arn, value);
      },
    });

    expect(about(findings, 'GitHub secret')).toMatch(says);
    expect(troubled(findings)).toEqual(['GitHub secret']);
    expect(about(findings, 'GitHub credential')).toMatch(/^skipped/);
  });

  test('whose admission is closed', async () => {
    const { findings } = await examined({
      change: ({ parameters }) => parameters.put('/Stint/admission', 'closed: holidays'),
    });

    expectTrouble(
      findings,
      'Admission',
      'warning',
      /at "closed: holidays".* → To open: aws ssm put-parameter --name \/Stint\/admission --value open/,
    );
  });

  test('whose endpoint lets nothing through, as a removal leaves it', async () => {
    const { findings } = await examined({
      change: ({ gateway }) =>
        gateway.throttle({ ofStage: { burst: 0, ratePerSecond: 0 }, ofRoutes: new Map() }),
    });

    expect(about(findings, 'Admission')).toMatch(
      /fail: the endpoint lets no request through.* → Go on with npm run remove/,
    );
    expect(about(findings, 'Endpoint')).toMatch(/^warning: .* answers 429/);
    expect(troubled(findings)).toEqual(['Admission', 'Endpoint']);
  });

  test('whose endpoint answers with an error', async () => {
    const { findings } = await examined({
      fetch: async () => new Response('{"message":"Internal Server Error"}', { status: 500 }),
    });

    expectTrouble(
      findings,
      'Endpoint',
      'fail',
      /answers 500: .*Internal Server Error.* → The log group of show-runners/,
    );
  });

  test('whose endpoint cannot be reached', async () => {
    const { findings } = await examined({
      fetch: async () => {
        throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') });
      },
    });

    expectTrouble(findings, 'Endpoint', 'fail', /cannot be reached: getaddrinfo ENOTFOUND/);
  });
});
