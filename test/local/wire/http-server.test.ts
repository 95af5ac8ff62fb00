import { afterEach, describe, expect, test } from '@jest/globals';
import { ConnectionLost } from '../../../local/wire/front-door.ts';
import type { HttpRequest } from '../../../local/wire/http-exchange.ts';
import { type LocalServer, type Site, startHttpServer } from '../../../local/wire/http-server.ts';

let server: LocalServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const seen: HttpRequest[] = [];

const echo: Site = {
  takes: ({ path }) => path.startsWith('/echo'),
  answer: async (request) => {
    seen.push(request);
    return { status: 201, headers: { 'x-echo': 'yes' }, body: Buffer.from(request.body) };
  },
};

const broken: Site = {
  takes: ({ path }) => path === '/broken',
  answer: () => Promise.reject(new ConnectionLost()),
};
const faulty: Site = {
  takes: ({ path }) => path === '/faulty',
  answer: () => Promise.reject(new Error('why')),
};

const listeners = new Set<(text: string) => void>();

const events: Site = {
  takes: ({ path }) => path === '/events',
  answer: async () => ({
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    body: 'first',
    follow: (write) => {
      listeners.add(write);
      return () => listeners.delete(write);
    },
  }),
};

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

const start = async (port = 0) => {
  server = await startHttpServer(port, [echo, broken, faulty, events]);
  return server;
};

describe('the local server', () => {
  test('listens on the loopback address and gives a request to the site that takes it', async () => {
    const { url } = await start();

    const response = await fetch(`${url}/echo?a=%20`, {
      method: 'POST',
      body: 'hello',
      headers: { 'X-Test': 'a' },
    });

    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect([response.status, response.headers.get('x-echo'), await response.text()]).toEqual([
      201,
      'yes',
      'hello',
    ]);
    expect(seen.at(-1)).toMatchObject({
      method: 'POST',
      path: '/echo?a=%20',
      headers: { 'x-test': 'a' },
      sourceIp: '127.0.0.1',
    });
  });

  test('dates its answers', async () => {
    const { url } = await start();
    const { headers } = await fetch(`${url}/echo`);

    expect(Math.abs(Date.parse(headers.get('date') ?? '') - Date.now())).toBeLessThan(5_000);
  });

  test('answers 404 when no site takes the request', async () => {
    const { url } = await start();

    expect((await fetch(`${url}/nothing`)).status).toBe(404);
  });

  test('breaks the connection when a site says that it is lost', async () => {
    const { url } = await start();

    await expect(fetch(`${url}/broken`)).rejects.toThrow('fetch failed');
  });

  test('answers 500 with the reason when a site fails', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/faulty`);

    expect([response.status, await response.text()]).toEqual([500, '{"message":"Error: why"}']);
  });

  test('reads no more of a body than shows that it is too large', async () => {
    const { url } = await start();

    await fetch(`${url}/echo`, { method: 'POST', body: new Uint8Array(12 * 1024 * 1024) });

    expect(seen.at(-1)?.body.length).toBeGreaterThan(10 * 1024 * 1024);
    expect(seen.at(-1)?.body.length).toBeLessThan(11 * 1024 * 1024);
  });

  test('goes on writing to whoever listens, until they leave', async () => {
    const { url } = await start();
    const leaving = new AbortController();
    const { body } = await fetch(`${url}/events`, { signal: leaving.signal });
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    const first = await reader?.read();
    for (const write of listeners) write('second');
    const second = await reader?.read();

    expect([first?.value, second?.value]).toEqual(['first', 'second']);

    leaving.abort();
    await until(() => listeners.size === 0);
  });

  test('cuts off whoever listens without reading', async () => {
    const { url } = await start();
    const { body } = await fetch(`${url}/events`);
    await until(() => listeners.size === 1);
    while (listeners.size > 0) {
      for (const write of listeners) write('x'.repeat(1024 * 1024));
      await new Promise((resolve) => setImmediate(resolve));
    }

    await expect(new Response(body).text()).rejects.toThrow('terminated');
  });

  test('says when the port is taken', async () => {
    const { port } = await start();

    await expect(startHttpServer(port, [])).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
