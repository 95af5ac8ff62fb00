import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { consoleSite } from '../../../local/console/console-site.ts';
import type { ConsoleEvent } from '../../../local/console/console-state.ts';
import { LogBook } from '../../../local/console/log-book.ts';
import { type LocalServer, type Site, startHttpServer } from '../../../local/wire/http-server.ts';
import { emptyCloud } from './empty-cloud.ts';

const api: Site = {
  takes: () => true,
  answer: async () => ({ status: 418, headers: {}, body: 'the HTTP API' }),
};

let logs: LogBook;
let server: LocalServer;
beforeEach(async () => {
  logs = new LogBook();
  server = await startHttpServer(0, [consoleSite(emptyCloud(), { speed: 20, logs }), api]);
});
afterEach(() => server.close());

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

const get = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  fetch(`${server.url}${path}`, { method, headers });

describe('the page', () => {
  test('is what a browser gets that goes to the server', async () => {
    const response = await get('/', browser);

    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(await response.text()).toContain('<div id="console">');
  });

  test.each([
    ['GET', { accept: '*/*' }],
    ['GET', { accept: 'application/json' }],
    ['POST', browser],
    ['HEAD', browser],
  ])('is not in the way of the HTTP API: %s / with %j', async (method, headers) => {
    expect((await get('/', headers, method)).status).toBe(418);
  });

  test('names nothing but what this server serves, and may run and load nothing else', async () => {
    const response = await get('/', browser);
    const html = await response.text();
    const named = Array.from(html.matchAll(/(?:src|href)="([^"]+)"/g), ([, path = '']) => path);
    const types = await Promise.all(named.map(async (path) => (await get(path)).headers.get('content-type')));

    expect(types.toSorted()).toEqual([
      'image/svg+xml',
      'text/css; charset=utf-8',
      'text/javascript; charset=utf-8',
    ]);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
  });

  test('is made of one program and one style sheet, which load no others', async () => {
    const script = await (await get('/_local/console/console.js')).text();
    const styles = await (await get('/_local/console/console.css')).text();

    expect(script).toContain('/_local/events');
    expect(script).not.toMatch(/\bimport\b[\s('"]/);
    expect(styles).not.toMatch(/url\(|@import/);
  });

  test('is not served to a name that was bound to this machine', async () => {
    const site = consoleSite(emptyCloud(), { speed: 1, logs });
    const request = { method: 'GET', body: new Uint8Array(), sourceIp: '127.0.0.1' };
    const answers = ['/', '/_local/events', '/_local/console/console.js'].map((path) =>
      site.answer({ ...request, path, headers: { ...browser, host: 'example.com:8787' } }),
    );

    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  test.each([
    ['GET', '/_local/console/../main.ts', 418],
    ['GET', '/_local/console/nothing.js', 404],
    ['POST', '/_local/console/console.js', 405],
    ['POST', '/_local/events', 405],
  ])('answers %s %s with %i', async (method, path, status) => {
    expect((await get(path, {}, method)).status).toBe(status);
  });
});

describe('the logs', () => {
  const log = (name: string, life: string) =>
    logs.add({ name, level: 'info', message: { decision: 'launched', life, instance: { type: 'c5' } } });
  const lines = async (query: string): Promise<unknown> => (await get(`/_local/console/logs${query}`)).json();

  test('are the newest first, with the words and the whole of each line', async () => {
    log('launch', 'a');
    log('launch', 'b');

    expect(await lines('')).toMatchObject([
      { number: 2, functionName: 'launch', level: 'info', text: 'decision launched, life b' },
      { number: 1, text: 'decision launched, life a', message: { instance: { type: 'c5' } } },
    ]);
  });

  test('are those that have every word that is looked for, as deep as it lies', async () => {
    log('launch', 'a');
    log('sweep', 'a');

    expect(await lines('?find=SWEEP%20c5')).toMatchObject([{ functionName: 'sweep' }]);
    expect(await lines('?find=nothing')).toEqual([]);
  });

  test('are two hundred of thousands, and the oldest are forgotten', async () => {
    for (let n = 1; n <= 7_000; n += 1) log('launch', `life-${n}`);

    expect(await lines('')).toHaveLength(200);
    expect(await lines('?find=life-6999')).toHaveLength(1);
    expect(await lines('?find=life-1234')).toEqual([]);
  });

  test('take no other question', async () => {
    expect((await get('/_local/console/logs?life=a')).status).toBe(400);
  });
});

describe('the events', () => {
  test('begin with all of the state, and bring the drawings when they are done', async () => {
    const response = await get('/_local/events');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const events = (): readonly ConsoleEvent[] =>
      Array.from(text.matchAll(/^data: (.*)\n\n/gm), ([, json = '']) => JSON.parse(json) as ConsoleEvent);
    while (!events().some(({ drawings = [] }) => drawings.length > 0))
      text += (await reader?.read())?.value ?? '';
    await reader?.cancel();

    expect(events()[0]).toMatchObject({
      speed: 20,
      lives: [],
      jobs: [],
      faults: [],
      runs: [],
      settings: { maximumLabelLength: 42 },
    });
    const drawn = events().flatMap(({ drawings = [] }) => drawings);
    expect(drawn.map(({ stateMachine }) => stateMachine)).toEqual(['provision-runner']);
  }, 20_000);
});
