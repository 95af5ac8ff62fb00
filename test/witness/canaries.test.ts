import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { FakeInstance } from '../../local/aws/ec2/state.ts';
import { tokenCredential } from '../../local/github/deployed-credential.ts';
import { createSimulation } from '../../local/simulation.ts';
import type { WireExchange } from '../../local/wire/front-door.ts';
import { synthesizedStack } from '../synthesized-stack.ts';
import { Canaries, requireNoLeak } from './canaries.ts';
import { jitConfigOf } from './learned-secrets.ts';
import { leastPart, SecretIndex } from './secret-forms.ts';
import { withCanaries } from './watched-simulation.ts';

const secret = randomBytes(90).toString('base64');
const key = randomBytes(32);

/** A canary that has learned the secret, the hooks of its simulation, and what they were given. */
const watch = () => {
  const canaries = new Canaries();
  const token = randomBytes(30).toString('base64url');
  const options = withCanaries(
    { stack: synthesizedStack(), start: new Date(), credential: tokenCredential(token) },
    canaries,
  );
  canaries.learn(jitConfigOf('rr_runner_1-1-local000'), secret);
  canaries.learn('data key', key);
  return { canaries, options, token };
};

const nested = (text: string): string => JSON.stringify({ body: JSON.stringify({ detail: text }) });

describe('a secret is found in a text', () => {
  const pem = generateKeyPairSync('rsa', { modulusLength: 2_048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

  test.each<[string, string, string | Buffer]>([
    ['as it is', `a ${secret} b`, secret],
    ['in base64', Buffer.from(secret).toString('base64'), secret],
    ['in base64, after one byte', Buffer.from(`x${secret}`).toString('base64'), secret],
    ['in base64, after two bytes', Buffer.from(`xy${secret}`).toString('base64'), secret],
    ['in base64url', Buffer.from(`{"a":"${secret}"}`).toString('base64url'), secret],
    ['URL-encoded', `https://example.org/?x=${encodeURIComponent(secret)}`, secret],
    ['URL-encoded in small letters', encodeURIComponent(secret).replaceAll('%2B', '%2b'), secret],
    ['in hexadecimal', Buffer.from(secret).toString('hex'), secret],
    ['in capital hexadecimal', Buffer.from(secret).toString('hex').toUpperCase(), secret],
    ['in JSON', JSON.stringify({ key: pem }), pem],
    ['in JSON in JSON', nested(pem), pem],
    ['with escaped slashes', secret.replaceAll('/', '\\/'), secret],
    ['with escaped code points', secret.replaceAll('+', '\\u002b').replaceAll('/', '\\u002f'), secret],
    ['in part', `x${secret.slice(11, 11 + leastPart)}y`, secret],
    ['as the bytes of a key in base64', `key ${key.toString('base64')}`, key],
    ['as the bytes of a key in hexadecimal', key.toString('hex'), key],
    ['as the bytes of a key in base64url', key.toString('base64url'), key],
  ])('%s', (_, text, known) => {
    const index = new SecretIndex();
    index.learn('it', known);
    expect([...index.find(text)]).toEqual(['it']);
  });

  test('and not where it is not', () => {
    const index = new SecretIndex();
    index.learn('it', secret);
    expect([...index.find(`${randomBytes(3_000).toString('base64')} ${pem}`)]).toEqual([]);
  });
});

const exchange = (change: {
  readonly service?: string;
  readonly operation?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly answer?: string;
}): WireExchange => {
  const {
    service = 'states',
    operation = 'StartExecution',
    path = '/',
    headers = {},
    body = '',
    answer = '{}',
  } = change;
  return {
    call: { service, operation, parameters: {}, caller: 'x' },
    request: { method: 'POST', path, headers, body },
    response: { status: 200, headers: {}, body: answer },
  };
};

const instance = (change: Partial<FakeInstance>) =>
  ({ tags: {}, console: '', postedConsole: '', ...change }) as FakeInstance;

type Watched = ReturnType<typeof watch>;

const leakBy = async ({ options }: Watched, answer: unknown): Promise<void> => {
  const invoker = options.between?.({
    invoke: async () => ({ ok: true, payload: answer }),
    close: async () => undefined,
  });
  await invoker?.invoke('x', {});
};

const historyEvent = { id: 1, previousEventId: 0, timestamp: new Date(), type: 'TaskStateExited' } as const;
const execution = { name: 'x', stateMachine: 'provision-runner' };

const leaks: readonly (readonly [outlet: string, leak: (watched: Watched) => unknown])[] = [
  ['a log line', ({ options }) => options.onLog?.({ name: 'x', level: 'info', message: { reason: secret } })],
  [
    'a metric',
    ({ options }) => options.onLog?.({ name: 'x', level: 'info', message: { _aws: {}, Rule: secret } }),
  ],
  [
    'an execution’s input',
    ({ options }) => options.watcher?.onExchange?.(exchange({ body: nested(secret) })),
  ],
  [
    'an event’s input',
    ({ options }) => options.watcher?.onStateEvent?.(execution, { ...historyEvent, input: nested(secret) }),
  ],
  [
    'an event’s output',
    ({ options }) => options.watcher?.onStateEvent?.(execution, { ...historyEvent, output: nested(secret) }),
  ],
  [
    'an error’s name',
    ({ options }) => options.watcher?.onStateEvent?.(execution, { ...historyEvent, error: secret }),
  ],
  [
    'an error’s cause',
    ({ options }) => options.watcher?.onStateEvent?.(execution, { ...historyEvent, cause: nested(secret) }),
  ],
  ['a tag', ({ options }) => options.watcher?.onInstance?.(instance({ tags: { 'stint:label': secret } }))],
  [
    'a console',
    ({ options }) => options.watcher?.onInstance?.(instance({ console: `+ JIT_CONFIG=${secret}` })),
  ],
  ['a dead letter', ({ options }) => options.watcher?.onDeadLetter?.('queue', { detail: secret })],
  [
    'an event',
    ({ options }) =>
      options.misfortunes?.deliveries?.({ 'detail-type': 'x', detail: { input: nested(secret) } } as never),
  ],
  ['an HTTP answer', (watched) => leakBy(watched, { statusCode: 400, body: nested(secret) })],
  [
    'an HTTP answer in base64',
    (watched) => leakBy(watched, { body: Buffer.from(secret).toString('base64') }),
  ],
  [
    'a schedule',
    ({ options }) =>
      options.watcher?.onExchange?.(
        exchange({ service: 'scheduler', operation: 'CreateSchedule', body: nested(secret) }),
      ),
  ],
  [
    'a parameter',
    ({ options }) =>
      options.watcher?.onExchange?.(
        exchange({ service: 'ssm', operation: 'PutParameter', body: nested(secret) }),
      ),
  ],
  [
    'a path at GitHub',
    ({ options }) =>
      options.watcher?.onExchange?.(
        exchange({ service: 'github', operation: 'GetRun', path: `/repos/${encodeURIComponent(secret)}` }),
      ),
  ],
  [
    'a header to GitHub',
    ({ options }) =>
      options.watcher?.onExchange?.(exchange({ service: 'github', headers: { 'user-agent': secret } })),
  ],
  [
    'a tag of a launch',
    ({ options }) =>
      options.watcher?.onExchange?.(
        exchange({
          service: 'ec2',
          operation: 'RunInstances',
          body: `TagSpecification.1.Tag.1.Value=${encodeURIComponent(secret)}`,
        }),
      ),
  ],
  [
    'a line of npm start',
    ({ options }) =>
      options.watcher?.onStateEvent?.(execution, {
        ...historyEvent,
        type: 'ExecutionFailed',
        error: 'x',
        cause: secret,
      }),
  ],
  [
    'the data key',
    ({ options }) => options.onLog?.({ name: 'x', level: 'info', message: key.toString('base64') }),
  ],
];

describe('a leak is seen', () => {
  test.each(leaks)('in %s', async (_, leak) => {
    const watched = watch();
    requireNoLeak(watched.canaries);
    await leak(watched);
    expect(() => requireNoLeak(watched.canaries)).toThrow(/Secrets got out:\n(JIT config|data key)/);
  });

  test('of the credential, in whatever is left of a cloud', async () => {
    const { canaries, options, token } = watch();
    const { cloud, end } = await createSimulation(options);
    const [parameter] = cloud.stack.parameters;
    cloud.parameters.put(parameter?.name ?? '', `closed: ${token}`);
    cloud.faults.add({ service: 'github', operation: '*', error: token });
    canaries.remains(cloud);
    await end();
    expect(canaries.leaks).toEqual([{ secret: 'GitHub token', where: 'parameter' }]);
  });
});

describe('user data', () => {
  const script = (config: string, more = ''): string =>
    `#!/bin/bash\nJIT_CONFIG='${config}'\nRUNNER_NAME='rr_runner_1-1-local000'\n${more}`;
  const launched = (text: string): WireExchange =>
    exchange({
      service: 'ec2',
      operation: 'RunInstances',
      body: `Action=RunInstances&UserData=${encodeURIComponent(Buffer.from(text).toString('base64'))}&MinCount=1`,
    });

  test('may hold its own runner’s configuration', () => {
    const { canaries } = watch();
    canaries.exchange(launched(script(secret)));
    expect(canaries.leaks).toEqual([]);
  });

  test.each<[string, string]>([
    ['nothing of it', script('none')],
    ['it twice', script(secret, `echo ${secret}`)],
    ['another’s', script(randomBytes(90).toString('base64'))],
    ['a key beside it', script(secret, key.toString('hex'))],
  ])('may not hold %s', (_, text) => {
    const { canaries } = watch();
    canaries.exchange(launched(text));
    expect(canaries.leaks).not.toEqual([]);
  });

  test('may not hold the credential', () => {
    const { canaries, token } = watch();
    canaries.exchange(launched(script(secret, `GITHUB_TOKEN=${token}`)));
    expect(canaries.leaks).toMatchObject([{ secret: 'GitHub token' }]);
  });
});
