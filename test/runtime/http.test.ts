import { describe, expect, test } from '@jest/globals';
import { EnvironmentInvalid } from '../../functions/runtime/environment.ts';
import { jsonAnswer } from '../../functions/runtime/http.ts';
import { type ApiRequest, httpRequest } from '../../functions/runtime/http-request.ts';
import { type Call, eventOf, served } from '../functions/fakes/http.ts';

describe('a function of the HTTP API', () => {
  test('whose environment is not right answers with a problem, and is assembled anew for the next request', async () => {
    const failures: Error[] = [new EnvironmentInvalid('DEPLOYMENT is not set')];
    const { call, logged } = served(() => {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      return async () => jsonAnswer(200, {});
    });
    expect(await call({})).toMatchObject({
      status: 500,
      headers: { 'content-type': 'application/problem+json' },
      body: { type: 'urn:problem-type:stint:unexpected', status: 500 },
    });
    expect(logged).toEqual([
      ['failed', expect.objectContaining({ error: 'EnvironmentInvalid', reason: 'DEPLOYMENT is not set' })],
    ]);
    expect(await call({})).toMatchObject({ status: 200 });
  });

  test('that something else than API Gateway invokes answers with a problem too', async () => {
    const { invoke } = served(() => async () => jsonAnswer(200, {}));
    expect(await invoke({})).toMatchObject({ statusCode: 500 });
  });
});

describe('a request', () => {
  const read = (call: Call): ApiRequest => httpRequest(eventOf(call) as never);

  test('has its body whether API Gateway encodes it or not', () => {
    const body = '{"label":"ä"}';
    for (const type of ['application/json', 'application/octet-stream'])
      expect(Buffer.from(read({ body, headers: { 'content-type': type } }).body).toString()).toBe(body);
  });

  test('without a body has an empty one', () => {
    expect(read({}).body).toHaveLength(0);
  });

  test.each([
    ['$default', '/runners', '/runners', 'http://api.example.org'],
    ['live', '/live/runners', '/runners', 'http://api.example.org/live'],
    ['live', '/lively/runners', '/lively/runners', 'http://api.example.org/live'],
  ])('on the stage %s knows its path and the root of the API', (stage, rawPath, path, root) => {
    expect(read({ stage, path: rawPath })).toMatchObject({ path, root });
  });

  test('that came over TLS, or does not say, is answered with such addresses', () => {
    const event = eventOf({}) as { headers: Record<string, string> };
    const { 'x-forwarded-proto': _, ...headers } = event.headers;
    for (const given of [headers, { ...headers, 'X-Forwarded-Proto': 'https' }])
      expect(httpRequest({ ...event, headers: given } as never).root).toBe('https://api.example.org');
  });
});
