import { describe, expect, test } from '@jest/globals';
import { Gateway } from '../../../../local/aws/api-gateway/gateway.ts';
import type { StackHttpApi } from '../../../../local/template/stack-http-api.ts';

const api: StackHttpApi = {
  apiId: 'api1',
  stageName: '$default',
  accountId: '000000000000',
  routes: [
    { routeKey: 'GET /own', functionReference: 'F', throttle: { burst: 2, ratePerSecond: 1 } },
    { routeKey: '$default', functionReference: 'F', throttle: { burst: 3, ratePerSecond: 1 } },
  ],
};

const gateway = () =>
  new Gateway(api, { invoke: async () => ({ ok: true, payload: { statusCode: 200 } }) } as never);

const statusOf = async (at: Gateway, path: string): Promise<number> => {
  const { status } = await at.request({
    method: 'GET',
    path,
    headers: { host: 'stint.example' },
    body: new Uint8Array(),
    sourceIp: '192.0.2.1',
  });
  return status;
};

const none = { burst: 0, ratePerSecond: 0 };

describe('the limits of a stage', () => {
  test('are the template’s at first: those of each route, and of all others', () => {
    expect(gateway().throttling).toEqual({
      ofRoutes: new Map([['GET /own', { burst: 2, ratePerSecond: 1 }]]),
      ofStage: { burst: 3, ratePerSecond: 1 },
    });
  });

  test('of zero let nothing through', async () => {
    const closed = gateway();
    closed.throttle({ ofStage: none, ofRoutes: new Map([['GET /own', none]]) });

    expect([await statusOf(closed, '/own'), await statusOf(closed, '/other')]).toEqual([429, 429]);
  });

  test('of a route stand before the stage’s', async () => {
    const halfClosed = gateway();
    halfClosed.throttle({ ...halfClosed.throttling, ofStage: none });

    expect([await statusOf(halfClosed, '/own'), await statusOf(halfClosed, '/other')]).toEqual([200, 429]);
  });
});

test('an API that is removed forbids everything', async () => {
  const removed = gateway();
  removed.remove();

  expect(await statusOf(removed, '/own')).toBe(403);
});
