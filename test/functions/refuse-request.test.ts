import { describe, expect, test } from '@jest/globals';
import { refuseRequest } from '../../functions/refuse-request.ts';
import { served } from './fakes/http.ts';

const { call } = served(refuseRequest);

describe('a request that no route takes', () => {
  test.each([
    ['GET', '/nothing'],
    ['POST', '/runners/'],
    ['GET', '/runners/rr_runner_1f/more'],
    ['DELETE', '//'],
  ])('is told what there is when its path is unknown: %s %s', async (method, path) => {
    expect(await call({ method, path })).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      body: { status: 404, detail: expect.stringMatching(/POST \/runners .*GET \/runners\/\{label\}/) },
    });
  });

  test.each([
    ['GET', '/', 'POST'],
    ['PUT', '/runners', 'POST'],
    ['DELETE', '/runners/rr_runner_1f', 'GET'],
  ])('is told the methods of its path: %s %s', async (method, path, allow) => {
    expect(await call({ method, path })).toMatchObject({
      status: 405,
      headers: { allow },
      body: { detail: expect.stringContaining(`only ${allow}`) },
    });
  });

  test('is known by its path behind a named stage too', async () => {
    expect(await call({ method: 'GET', path: '/live/runners', stage: 'live' })).toMatchObject({
      status: 405,
    });
  });
});
