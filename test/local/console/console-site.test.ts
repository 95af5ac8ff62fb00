import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Fleet } from '../../../local/aws/ec2/state.ts';
import { Schedules } from '../../../local/aws/scheduler/state.ts';
import { Executions } from '../../../local/aws/step-functions/state.ts';
import { consoleSite } from '../../../local/console/console-site.ts';
import type { ConsoleEvent } from '../../../local/console/console-state.ts';
import type { ShownCloud } from '../../../local/console/shown-cloud.ts';
import { GitHub } from '../../../local/github/state.ts';
import { FaultPlan } from '../../../local/wire/faults.ts';
import { type LocalServer, type Site, startHttpServer } from '../../../local/wire/http-server.ts';
import { definitionText } from '../../../statemachine/definitions.ts';

const cloud = (): ShownCloud => ({
  stack: {
    functions: [],
    stateMachines: [
      { name: 'provision-runner', arn: 'a', roleArn: 'r', definition: definitionText('provision-runner') },
    ],
  },
  fleet: new Fleet({ onState: () => undefined }),
  github: new GitHub(),
  executions: new Executions({ invoke: () => Promise.reject(), onStatus: () => undefined }),
  schedules: new Schedules({ groups: [], startExecution: () => undefined, onDeadLetter: () => undefined }),
  faults: new FaultPlan(),
  rations: { report: () => [] },
});

const api: Site = {
  takes: () => true,
  answer: async () => ({ status: 418, headers: {}, body: 'the HTTP API' }),
};

let server: LocalServer;
beforeEach(async () => {
  server = await startHttpServer(0, [consoleSite(cloud(), { speed: 20 }), api]);
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
    const site = consoleSite(cloud(), { speed: 1 });
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
