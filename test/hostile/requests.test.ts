import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Stack } from '../../local/template/stack.ts';
import type { HttpRequest, HttpResponse } from '../../local/wire/http-exchange.ts';
import { createWorld, type World } from '../statemachine/world.ts';
import { synthesizedStack, verifiedStack } from '../synthesized-stack.ts';
import { activeRuns, generatedRequest } from './generated-requests.ts';

/** What a label is, written down once more: nothing of the code under test is asked. */
const isLabel = (value: unknown): boolean =>
  typeof value === 'string' && /^rr_runner_[A-Za-z0-9_-]+$/.test(value) && value.length <= 42;

const batch = 40;

interface Answered {
  readonly request: HttpRequest;
  readonly response: HttpResponse;
}

/** Sends what was generated, some at a time, past the stage's throttle, which would answer nearly all of it. */
const sendAll = async (world: World, requests: readonly HttpRequest[]): Promise<readonly Answered[]> => {
  const { gateway } = world.cloud;
  gateway.throttle({ ofRoutes: new Map() });
  const answered: Answered[] = [];
  const send = async (request: HttpRequest): Promise<void> => {
    const response = await gateway.request(request);
    answered.push({ request, response });
  };
  for (let at = 0; at < requests.length; at += batch) {
    const sending = Promise.all(requests.slice(at, at + batch).map(send));
    await world.until(() => answered.length === Math.min(at + batch, requests.length), 60);
    await sending;
  }
  return answered;
};

const bodyOf = ({ body }: Pick<HttpResponse, 'body'>): Readonly<Record<string, unknown>> => {
  const parsed: unknown = JSON.parse(String(body));
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
};

const isDecodable = (path: string): boolean => {
  try {
    decodeURIComponent(path.split('?')[0] ?? '');
    return true;
  } catch {
    return false;
  }
};

/** API Gateway itself answers what it cannot decode. */
const isGatewaysOwn = ({ request, response }: Answered): boolean =>
  response.status === 400 && !isDecodable(request.path);

const isProblemDocument = ({ response }: Answered): boolean => {
  const { type, title, status, detail } = bodyOf(response);
  return (
    response.headers['content-type'] === 'application/problem+json' &&
    /^urn:problem-type:stint:[a-z-]+$/.test(String(type)) &&
    typeof title === 'string' &&
    typeof detail === 'string' &&
    detail !== '' &&
    status === response.status
  );
};

const areHeadersPlain = ({ response }: Answered): boolean =>
  Object.entries(response.headers).every(
    ([name, value]) => /^[a-z-]+$/.test(name) && /^[\x20-\x7e]*$/.test(value),
  );

const shown = ({ request: { method, path, headers, body }, response }: Answered) => ({
  method,
  path,
  headers,
  body: Buffer.from(body).toString('utf8').slice(0, 500),
  status: response.status,
  answer: String(response.body).slice(0, 300),
});

const whatNot = (answered: readonly Answered[], isRight: (one: Answered) => boolean) =>
  answered
    .filter((one) => !isRight(one))
    .slice(0, 3)
    .map(shown);

/** A script's first lines are settings, each a word in quotes or a number; the rest is the same for every machine. */
const partsOf = (script: string): { readonly settings: readonly string[]; readonly program: string } => {
  const [, settings = '', program = ''] =
    /^#!\/bin\/bash\n((?:[A-Z0-9_]+=.*\n)*)([\s\S]*)$/.exec(script) ?? [];
  return { settings: settings.trimEnd().split('\n'), program };
};

const modes: readonly (readonly [string, () => Stack, number])[] = [
  ['open', synthesizedStack, 6_000],
  ['verified', verifiedStack, 4_000],
];

describe.each(modes)('of generated requests, in %s admission,', (_, stack, count) => {
  let world: World;
  let answered: readonly Answered[];

  test('each is answered, none with a fault of ours, and every refusal is a problem document', async () => {
    const requests = fc.sample(generatedRequest, { seed: 20_260_301, numRuns: count });
    // Past the account's concurrency too, which would answer nearly all of it.
    world = await createWorld({ stack: stack(), rations: { lambdaConcurrency: 1_000 } });
    for (const runId of activeRuns)
      world.cloud.control.putRun({
        repository: 'rr-debugger/rr',
        runId,
        runAttempt: 1,
        status: 'in_progress',
      });
    answered = await sendAll(world, requests);
    expect(answered).toHaveLength(count);
    expect(whatNot(answered, ({ response }) => response.status < 500)).toEqual([]);
    const refused = answered.filter(({ response }) => response.status >= 400);
    expect(whatNot(refused, (one) => isGatewaysOwn(one) || isProblemDocument(one))).toEqual([]);
    expect(whatNot(answered, areHeadersPlain)).toEqual([]);
    expect(whatNot(refused, ({ response }) => response.body.length < 16_384)).toEqual([]);
  }, 120_000);

  test('all kinds are there: what is accepted, and what is refused for every reason', () => {
    const statuses = new Set(answered.map(({ response }) => response.status));
    expect([...statuses]).toEqual(expect.arrayContaining([200, 202, 400, 404, 405, 413, 415, 429]));
  });

  test('none starts a life with a label that is none, or that it did not name', () => {
    const named = new Set(
      answered.flatMap(({ request }) => {
        try {
          return bodyOf({ body: Buffer.from(request.body).toString('utf8') })['label'];
        } catch {
          return [];
        }
      }),
    );
    const started = world.cloud.executions.all.map(({ name, input, stateMachine }) => ({
      name,
      stateMachine: stateMachine.name,
      input: JSON.parse(input) as { readonly label?: unknown; readonly architecture?: unknown },
    }));
    const provisions = started.filter(({ stateMachine }) => stateMachine === 'provision-runner');
    expect(provisions.length).toBeGreaterThan(5);
    for (const { name, input } of provisions) {
      expect(isLabel(input.label)).toBe(true);
      expect(named).toContain(input.label);
      expect(name).toMatch(new RegExp(`^${String(input.label)}_(x86_64|arm64)-[1-9][0-9]*$`));
    }
  });

  test('none puts a word of its own into a machine’s script', async () => {
    await world.advance(120);
    const scripts = world.cloud.fleet.all.map(({ userData }) => partsOf(userData));
    expect(scripts.length).toBeGreaterThan(5);
    expect([...new Set(scripts.map(({ program }) => program))]).toEqual([
      expect.stringMatching(/^say\(\) \{/),
    ]);
    for (const { settings } of scripts) {
      for (const line of settings) expect(line).toMatch(/^[A-Z0-9_]+=(?:'[A-Za-z0-9 ._~:/+=-]*'|[0-9]+)$/);
      const value = settings.join('\n').match(/^RUNNER_LABEL='(.*)'$/m)?.[1];
      expect(isLabel(value)).toBe(true);
    }
  });

  test('none changes what all objects have', async () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Readonly<Record<string, unknown>>)['polluted']).toBeUndefined();
    await world.end();
  });
});
