import { describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import { openApiDocument } from '../../functions/domain/api/openapi-document.ts';
import type { ApiSettings } from '../../functions/domain/api/openapi-requests.ts';
import { apiRoutes } from '../../functions/domain/api/routes.ts';
import { parseRunnerRequest } from '../../functions/domain/request/runner-request.ts';
import type { Stack } from '../../local/template/stack.ts';
import { classes as someClasses } from '../functions/fakes/classes.ts';
import { synthesizedStack, verifiedStack } from '../synthesized-stack.ts';
import { ownApi, ownWitness } from '../witness/own-openapi.ts';
import { answersSeen, createWorld, type World } from './world.ts';

const classes = { default: someClasses.default };
const modes: readonly ApiSettings[] = [
  { labelPrefix: 'rr_runner_', admissionMode: 'open', classes },
  { labelPrefix: 'rr_runner_', admissionMode: 'verified', classes },
];
const [open = { labelPrefix: '', admissionMode: 'open', classes }] = modes;
const label = 'rr_runner_1001_1';
const one = { operation: 'create', label, architecture: 'x86_64' };

/** Runs in a world of its own, and ends it, which holds every answer to the document. */
const inWorld = async (stack: Stack, body: (world: World) => Promise<void>): Promise<void> => {
  const world = await createWorld({ stack });
  try {
    await body(world);
  } finally {
    await world.end();
  }
};

describe.each(modes.map((settings) => [settings.admissionMode, settings] as const))(
  'the document in mode %s',
  (mode, settings) => {
    test('is OpenAPI 3.1', async () => {
      const validator = new Validator();
      const { valid, errors } = await validator.validate({
        ...openApiDocument(settings, 'https://stint.example'),
      });
      expect(errors ?? []).toEqual([]);
      expect(valid).toBe(true);
      expect(validator.version).toBe('3.1');
    });

    test('is what the endpoint serves, for the root by which it was asked', () =>
      inWorld(mode === 'open' ? synthesizedStack() : verifiedStack(), async (world) => {
        const answer = await world.request('GET', '/openapi.json');
        expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
        expect(answer.body).toEqual(
          JSON.parse(JSON.stringify(openApiDocument(settings, 'http://stint.example'))),
        );
      }));

    test('shows requests that it takes itself', () => {
      const { document, requestProblems } = ownApi(settings);
      const examples = Object.values(
        document.paths['/runners']?.['post']?.requestBody?.content['application/json']?.examples ?? {},
      );
      expect(examples).toHaveLength(3);
      for (const { value } of examples) expect(requestProblems(value)).toEqual([]);
    });
  },
);

test('the document has the operations that there are, and no other', () => {
  const { document } = ownApi(open);
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.toSorted()).toEqual(apiRoutes.map(({ method, path }) => `${method} ${path}`).toSorted());
});

test('a request that the document shows starts runners and ends them', () =>
  inWorld(verifiedStack(), async (world) => {
    const { document } = ownApi({ labelPrefix: 'rr_runner_', admissionMode: 'verified', classes });
    const { create, destroy } =
      document.paths['/runners']?.['post']?.requestBody?.content['application/json']?.examples ?? {};
    expect(await world.post(create?.value ?? {})).toMatchObject({ status: 202, body: { label } });
    expect(await world.post(destroy?.value ?? {})).toMatchObject({
      status: 202,
      body: { runners: [{ status: 'destroying' }, { status: 'destroying' }] },
    });
  }));

describe('a request is taken by the code exactly when the document takes it', () => {
  const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);
  const labels = fc.oneof(
    oneOf<unknown>(
      label,
      'rr_runner_',
      'my_runner',
      `rr_runner_${'x'.repeat(32)}`,
      `rr_runner_${'x'.repeat(33)}`,
      7,
      null,
    ),
    fc.string({ maxLength: 8 }).map((text) => `rr_runner_${text}`),
  );
  const architectures = oneOf<unknown>('x86_64', 'arm64', 'x86_64', 'arm64', 'x64', 1);
  const wrong = { other: oneOf<unknown>(1), labels: labels.map((text) => [text]) };
  const run = {
    repository: oneOf<unknown>('rr-debugger/rr', 'rr-debugger/rr', 'a/..', 'a', '-a/b', 'a/b/c', 1),
    run_id: oneOf<unknown>(1_001, 1_002, 0, -1, 1.5, '1001', Number.MAX_SAFE_INTEGER, 2 ** 53),
  };
  const sometimes = <T extends object>(record: fc.Arbitrary<T>) =>
    fc.oneof(fc.constant({}), fc.constant({}), record);
  const create = fc.tuple(
    fc.record({ operation: oneOf('create', 'create', 'create', 'Create'), label: labels }),
    fc.oneof(
      fc.record({ architecture: architectures }),
      fc.record({ architectures: fc.array(architectures, { maxLength: 3 }) }),
      sometimes(fc.record({ architecture: architectures, architectures })),
    ),
    sometimes(fc.record({ class: oneOf<unknown>('default', 'default', 'big', 'Default', 7) })),
    sometimes(fc.record(run, { requiredKeys: [] })),
    sometimes(fc.record(wrong, { requiredKeys: [] })),
  );
  const destroy = fc.tuple(
    fc.constant({ operation: 'destroy' }),
    fc.oneof(
      fc.record({ label: labels }),
      fc.record({ labels: fc.array(fc.constant(label), { maxLength: 12 }) }),
      fc.record({ label: labels, labels }),
      fc.constant({}),
    ),
    sometimes(fc.record({ architecture: architectures })),
  );
  const body = fc.oneof(create, destroy).map((parts) => Object.assign({}, ...parts) as object);
  const isParsed = (request: object): boolean => {
    try {
      parseRunnerRequest(JSON.stringify(request), { labelPrefix: 'rr_runner_', classes });
      return true;
    } catch {
      return false;
    }
  };

  test('of thousands', () => {
    const { requestProblems } = ownApi(open);
    const taken = { yes: 0, no: 0 };
    fc.assert(
      fc.property(body, (request) => {
        const isTaken = isParsed(request);
        taken[isTaken ? 'yes' : 'no'] += 1;
        expect([request, requestProblems(request).length === 0]).toEqual([request, isTaken]);
      }),
      { numRuns: 5_000, seed: 7 },
    );
    expect(taken.yes).toBeGreaterThan(50);
    expect(taken.no).toBeGreaterThan(50);
  });
});

describe('the witness of every whole path', () => {
  const judged = (change: object) => {
    const witness = ownWitness(open, new Set());
    witness.onExchange({
      method: 'GET',
      path: `/runners/${label}`,
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: {
        label,
        runners: [
          {
            name: 'n',
            architecture: 'arm64',
            class: 'default',
            status: 'ready',
            requested_at: '2026-03-01T10:00:00Z',
            ...change,
          },
        ],
      },
    });
    return witness.requireAgreement;
  };

  test('agrees with an answer that is as it says', () => {
    expect(judged({})).not.toThrow();
  });

  test.each([
    ['a field that is not described', { colour: 'red' }],
    ['a status that is not described', { status: 'tired' }],
    ['a time that is none', { deadline: 'soon' }],
  ])('notices %s', (_, change) => {
    expect(judged(change)).toThrow(/not what \/openapi\.json says/);
  });

  test('notices a refusal of a request that the document takes', () => {
    const witness = ownWitness(open, new Set());
    witness.onExchange({
      method: 'POST',
      path: '/runners',
      requestBody: one,
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      body: { type: 'urn:problem-type:stint:invalid-request', title: '', status: 400, detail: '' },
    });
    expect(witness.requireAgreement).toThrow(/the document takes it/);
  });
});

/** What cannot come about by a request: a fault of ours, and what API Gateway says when nothing of ours ran. */
const explained = [
  / 500 application\/problem\+json$/, // test/runtime/http.test.ts
  / (413|500|503) application\/json$/, // API Gateway's limit of a body, and a function that is throttled or dead
];

describe('each answer that the document has', () => {
  const capped = (): Stack => {
    const stack = synthesizedStack();
    const functions = stack.functions.map((fn) => ({
      ...fn,
      environment:
        'LIVE_RUNNER_CAP' in fn.environment ? { ...fn.environment, LIVE_RUNNER_CAP: '1' } : fn.environment,
    }));
    return { ...stack, functions };
  };

  const changes = async (path: string): Promise<void> => {
    await inWorld(capped(), async (world) => {
      const post = async (body: object, headers = {}) => {
        const { status } = await world.request('POST', path, body, headers);
        await world.advance(5);
        return status;
      };
      const parameter = world.cloud.stack.parameters[0]?.name ?? '';
      expect(await post(one)).toBe(202);
      expect(await post({ ...one, label: 'rr_runner_2' })).toBe(429);
      expect(await post({ ...one, label: '' })).toBe(400);
      expect(await post({ ...one, label: 'x'.repeat(20_000) })).toBe(413);
      expect(await post(one, { 'content-type': 'text/plain' })).toBe(415);
      world.cloud.parameters.put(parameter, 'closed');
      await world.advance(15);
      expect(await post({ ...one, label: 'rr_runner_3' })).toBe(503);
      const flood = await Promise.all(Array.from({ length: 8 }, () => world.request('POST', path, one)));
      expect(flood.map(({ status }) => status)).toContain(429);
    });
    await inWorld(verifiedStack(), async (world) => {
      const { status } = await world.request('POST', path, { ...one, repository: 'a/b', run_id: 1_001 });
      expect(status).toBe(403);
    });
  };

  const readings = (): Promise<void> =>
    inWorld(synthesizedStack(), async (world) => {
      const get = async (path: string) => (await world.request('GET', path)).status;
      const calmly = async (path: string) => {
        await world.advance(5);
        return get(path);
      };
      expect(await calmly(`/runners/${label}`)).toBe(404);
      await world.post(one);
      expect(await calmly(`/runners/${label}`)).toBe(200);
      expect(await calmly('/runners/other')).toBe(400);
      await world.advance(30);
      world.fault({ service: 'dynamodb', operation: '*', error: '503', seconds: 10 });
      expect(await calmly(`/runners/${label}`)).toBe(503);
      await world.advance(30);
      for (const path of [`/runners/${label}`, '/openapi.json']) {
        const flood = await Promise.all(Array.from({ length: 12 }, () => get(path)));
        expect(flood).toContain(429);
      }
    });

  test('occurs, or cannot come about by a request', async () => {
    await changes('/runners');
    await changes('/');
    await readings();
    const documented = Object.entries(ownApi(open).document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { responses }]) =>
        Object.entries(responses).flatMap(([status, { content }]) =>
          Object.keys(content).map((type) => `${method.toUpperCase()} ${path} ${status} ${type}`),
        ),
      ),
    );
    const missing = documented.filter((answer) => !answersSeen.has(answer));
    expect(missing.filter((answer) => !explained.some((why) => why.test(answer)))).toEqual([]);
    expect(documented.length).toBeGreaterThan(20);
  }, 60_000);
});
