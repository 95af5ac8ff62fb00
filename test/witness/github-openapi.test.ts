import { describe, expect, test } from '@jest/globals';
import { type GitHubExchange, openApiProblems } from './github-openapi.ts';
import { githubWitness } from './github-witness.ts';

const runner = { id: 1, name: 'a', os: 'linux', status: 'online', busy: false, labels: [{ name: 'l' }] };
const path = '/orgs/rr-debugger/actions/runners';
const jsonType = { 'content-type': 'application/json; charset=utf-8' };

const exchange = (
  request: Partial<GitHubExchange['request']> = {},
  response: Partial<GitHubExchange['response']> = {},
): GitHubExchange => ({
  request: { method: 'GET', path, body: '', ...request },
  response: {
    status: 200,
    headers: jsonType,
    body: JSON.stringify({ total_count: 1, runners: [runner] }),
    ...response,
  },
});
const body = (value: unknown) => ({ body: JSON.stringify(value) });
const jit = { method: 'POST', path: `${path}/generate-jitconfig` };
const jitAnswer = { status: 201, ...body({ runner, encoded_jit_config: 'abc' }) };

describe('what agrees with the description', () => {
  test.each([
    ['a list', exchange()],
    ['a list with its parameters', exchange({ path: `${path}?per_page=100&page=2&name=a` })],
    ['a runner', exchange({ path: `${path}/1` }, body(runner))],
    ['a deletion', exchange({ method: 'DELETE', path: `${path}/1` }, { status: 204, headers: {}, body: '' })],
    [
      'a registration',
      exchange({ ...jit, ...body({ name: 'a', runner_group_id: 1, labels: ['l'] }) }, jitAnswer),
    ],
    ['a null where one may be', exchange({ path: `${path}/1` }, body({ ...runner, version: null }))],
    [
      'an error that any endpoint can have',
      exchange({}, { status: 401, ...body({ message: 'Bad credentials' }) }),
    ],
    [
      'a conditional request of something unchanged',
      exchange({ headers: { 'if-none-match': 'W/"a"' } }, { status: 304, headers: {}, body: '' }),
    ],
    ['an error of what stands before GitHub', exchange({}, { status: 502, headers: {}, body: '<html>' })],
  ])('is no problem: %s', (_, agreeing) => {
    expect(openApiProblems(agreeing)).toEqual([]);
  });
});

describe('what differs from the description', () => {
  test.each([
    [
      'an endpoint that is not there',
      exchange({ path: '/orgs/rr-debugger/actions/racers' }),
      /no such operation/,
    ],
    ['a method that is not there', exchange({ method: 'PATCH' }), /no such operation/],
    ['a query that is not there', exchange({ path: `${path}?pages=2` }), /parameter pages is none/],
    ['a query of another type', exchange({ path: `${path}?page=two` }), /parameter page: .*integer/],
    [
      'a path of another type',
      exchange({ path: `${path}/one` }, body(runner)),
      /parameter runner_id: .*integer/,
    ],
    [
      'a request without a field',
      exchange({ ...jit, ...body({ name: 'a', labels: ['l'] }) }, jitAnswer),
      /runner_group_id/,
    ],
    [
      'a request with too few labels',
      exchange({ ...jit, ...body({ name: 'a', runner_group_id: 1, labels: [] }) }, jitAnswer),
      /labels/,
    ],
    [
      'a request with a field that is none',
      exchange({ ...jit, ...body({ name: 'a', runner_group_id: 1, labels: ['l'], group: 1 }) }, jitAnswer),
      /field group is none/,
    ],
    ['a request without its body', exchange(jit, jitAnswer), /required/],
    ['a body where there is none', exchange(body({ name: 'a' })), /a body where none/],
    [
      'an answer without a field',
      exchange({ path: `${path}/1` }, body({ ...runner, busy: undefined })),
      /busy/,
    ],
    [
      'an answer with a field of another type',
      exchange({}, body({ total_count: '1', runners: [] })),
      /total_count/,
    ],
    ['a null where none may be', exchange({ path: `${path}/1` }, body({ ...runner, os: null })), /os/],
    ['a status that is not there', exchange({}, { status: 202 }), /status 202 is not described/],
    ['nothing new for a request without condition', exchange({}, { status: 304, body: '' }), /304 is not/],
    ['an answer that is no JSON', exchange({}, { headers: {} }), /not JSON/],
    ['an answer that cannot be parsed', exchange({}, { body: '{' }), /cannot be parsed/],
    ['an error without a message', exchange({}, { status: 404, ...body({}) }), /no message/],
    [
      'a body that should be empty',
      exchange({ method: 'DELETE', path: `${path}/1` }, { status: 204, ...body({}) }),
      /has no body/,
    ],
  ])('is a problem: %s', (_, differing, expected) => {
    expect(openApiProblems(differing).join('\n')).toMatch(expected);
  });
});

describe('the witness', () => {
  const headers = {};
  const call = { service: 'github', operation: 'ListRunners', parameters: {}, caller: 'unknown' };
  const show = (
    watched: ReturnType<typeof githubWitness>,
    { request, response }: GitHubExchange,
    service = 'github',
  ) => watched.onExchange({ call: { ...call, service }, request: { ...request, headers }, response });

  test('agrees when nothing differed', () => {
    const witness = githubWitness();
    show(witness, exchange());
    expect(() => witness.requireAgreement()).not.toThrow();
  });

  test('tells each difference once', () => {
    const witness = githubWitness();
    show(witness, exchange({}, { status: 202 }));
    show(witness, exchange({}, { status: 202 }));
    expect(() => witness.requireAgreement()).toThrow(
      /^This is not GitHub's API:\nactions\/list.*status 202.*$/,
    );
  });

  test('does not look at other services', () => {
    const witness = githubWitness();
    show(witness, exchange({ path: '/' }), 'ec2');
    expect(() => witness.requireAgreement()).not.toThrow();
  });
});
