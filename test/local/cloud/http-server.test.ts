import { afterEach, describe, expect, test } from '@jest/globals';
import { ConnectionLost } from '../../../local/cloud/front-door.ts';
import { type LocalServer, type Site, startHttpServer } from '../../../local/cloud/http-server.ts';
import type { HttpRequest } from '../../../local/gateway/http-exchange.ts';

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

const start = async (port = 0) => {
  server = await startHttpServer(port, [echo, broken, faulty]);
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

  test('says when the port is taken', async () => {
    const { port } = await start();

    await expect(startHttpServer(port, [])).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
