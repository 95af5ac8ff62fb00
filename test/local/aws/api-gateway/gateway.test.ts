import { describe, expect, test } from '@jest/globals';
import { install } from '@sinonjs/fake-timers';
import { Gateway } from '../../../../local/aws/api-gateway/gateway.ts';
import type { InvocationResult } from '../../../../local/aws/lambda/function-invoker.ts';
import type { StackHttpApi } from '../../../../local/template/stack-http-api.ts';
import type { HttpRequest } from '../../../../local/wire/http-exchange.ts';

const throttle = { burst: 2, ratePerSecond: 1 };

const api: StackHttpApi = {
  apiId: 'local',
  stageName: '$default',
  accountId: '000000000000',
  routes: [
    { routeKey: 'POST /runners', functionReference: 'Post' },
    { routeKey: 'GET /runners/{label}', functionReference: 'Get' },
    { routeKey: 'GET /slow', functionReference: 'Slow', throttle },
    { routeKey: '$default', functionReference: 'Default' },
  ],
};

interface Invocation {
  readonly name: string;
  readonly event: Readonly<Record<string, unknown>>;
}

const gatewayWith = (result: InvocationResult = { ok: true, payload: { done: true } }) => {
  const invocations: Invocation[] = [];
  const invoker = {
    invoke: async (name: string, event: unknown) => {
      invocations.push({ name, event: event as Invocation['event'] });
      return result;
    },
    close: async () => undefined,
  };
  return { gateway: new Gateway(api, invoker), invocations };
};

const request = (method: string, path: string, change: Partial<HttpRequest> = {}): HttpRequest => ({
  method,
  path,
  headers: { host: '127.0.0.1:8787', 'content-type': 'application/json' },
  body: new Uint8Array(),
  sourceIp: '127.0.0.1',
  ...change,
});

describe('the gateway', () => {
  test.each([
    ['POST', '/runners', 'Post', undefined],
    ['GET', '/runners/rr_runner_1', 'Get', { label: 'rr_runner_1' }],
    ['GET', '/runners/%e2%82%ac', 'Get', { label: '€' }],
    ['GET', '/runners/', 'Default', undefined],
    ['GET', '/runners/a%2Fb', 'Default', undefined],
    ['DELETE', '/runners', 'Default', undefined],
  ])('routes %s %s to %s', async (method, path, name, pathParameters) => {
    const { gateway, invocations } = gatewayWith();

    await gateway.request(request(method, path));

    expect(invocations).toMatchObject([{ name }]);
    expect(invocations[0]?.event['pathParameters']).toEqual(pathParameters);
  });

  test('invokes with an event of payload format 2.0', async () => {
    const { gateway, invocations } = gatewayWith();
    const body = Buffer.from('{"operation":"create"}');

    await gateway.request(request('POST', '/runners?a=1&a=2&b=%20', { body }));

    expect(invocations[0]?.event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /runners',
      rawPath: '/runners',
      rawQueryString: 'a=1&a=2&b=%20',
      queryStringParameters: { a: '1,2', b: ' ' },
      headers: { host: '127.0.0.1:8787', 'x-forwarded-proto': 'http', 'x-forwarded-for': '127.0.0.1' },
      requestContext: { domainName: '127.0.0.1:8787', http: { method: 'POST', path: '/runners' } },
      body: '{"operation":"create"}',
      isBase64Encoded: false,
    });
  });

  test('encodes a body whose type is no text', async () => {
    const { gateway, invocations } = gatewayWith();

    await gateway.request(request('POST', '/runners', { headers: {}, body: Uint8Array.of(1, 2) }));

    expect(invocations[0]?.event).toMatchObject({ body: 'AQI=', isBase64Encoded: true });
  });

  test('leaves an empty body out', async () => {
    const { gateway, invocations } = gatewayWith();

    await gateway.request(request('POST', '/runners'));

    expect(invocations[0]?.event).not.toHaveProperty('body');
  });

  test('gives the response that the function made', async () => {
    const payload = { statusCode: 404, headers: { 'Content-Type': 'application/problem+json' }, body: '{}' };
    const { gateway } = gatewayWith({ ok: true, payload });

    await expect(gateway.request(request('GET', '/runners/a'))).resolves.toEqual({
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      body: '{}',
    });
  });

  test('makes a response of JSON when the function made none', async () => {
    const { gateway } = gatewayWith();

    await expect(gateway.request(request('GET', '/runners/a'))).resolves.toMatchObject({
      status: 200,
      body: '{"done":true}',
    });
  });

  test.each([
    ['500 when the function fails', 'TypeError', 500],
    ['503 when the function takes too long', 'Sandbox.Timedout', 503],
  ])('answers %s', async (_, errorType, status) => {
    const { gateway } = gatewayWith({ ok: false, errorType, errorMessage: 'secret', trace: [] });

    const response = await gateway.request(request('GET', '/runners/a'));

    expect(response.status).toBe(status);
    expect(response.body).not.toContain('secret');
  });

  test('refuses a body over API Gateway’s ten megabytes without invoking', async () => {
    const { gateway, invocations } = gatewayWith();
    const body = new Uint8Array(10 * 1024 * 1024 + 1);

    await expect(gateway.request(request('POST', '/runners', { body }))).resolves.toMatchObject({
      status: 413,
    });
    expect(invocations).toEqual([]);
  });

  test('refuses a path that is not well encoded', async () => {
    const { gateway } = gatewayWith();

    await expect(gateway.request(request('GET', '/runners/%zz'))).resolves.toMatchObject({ status: 400 });
  });

  test('throttles a route beyond its burst, until simulated time fills the bucket', async () => {
    const clock = install();
    try {
      const { gateway } = gatewayWith();
      const ask = async () => (await gateway.request(request('GET', '/slow'))).status;

      const burst = [await ask(), await ask(), await ask()];
      clock.tick(1_000);

      expect([...burst, await ask()]).toEqual([200, 200, 429, 200]);
    } finally {
      clock.uninstall();
    }
  });
});
