import { describe, expect, test } from '@jest/globals';
import { FaultPlan } from '../../../local/wire/faults.ts';
import { createFrontDoor, type RecordedCall, type WireExchange } from '../../../local/wire/front-door.ts';
import type { CloudCall, CloudService, WireRequest } from '../../../local/wire/wire.ts';

const authorization =
  'AWS4-HMAC-SHA256 Credential=local.FetchJitConfig/20260101/us-east-2/ec2/aws4_request, SignedHeaders=host, Signature=none';

const request = (change: Partial<WireRequest> = {}): WireRequest => ({
  method: 'POST',
  path: '/',
  headers: { host: 'ec2.us-east-2.amazonaws.com', authorization },
  body: 'Action=DescribeInstances',
  ...change,
});

const fakeService = (name: string, performed: CloudCall[], paths: string[] = []): CloudService => ({
  name,
  read: ({ body }) => (body === '' ? undefined : { operation: 'DescribeInstances', parameters: { body } }),
  perform: (call, { path }) => {
    performed.push(call);
    paths.push(path);
    return { status: 200, headers: {}, body: 'performed' };
  },
  refuse: (code, message) => ({ status: 503, headers: {}, body: `${code} ${message}` }),
  facts: () => ({ market: 'spot' }),
});

const world = () => {
  const performed: CloudCall[] = [];
  const paths: string[] = [];
  const recorded: RecordedCall[] = [];
  const faults = new FaultPlan();
  const exchanges: WireExchange[] = [];
  const services = [fakeService('ec2', performed), fakeService('github', performed, paths)];
  const door = createFrontDoor({
    services,
    faults,
    onCall: (call) => recorded.push(call),
    onExchange: (exchange) => exchanges.push(exchange),
  });
  return { door, faults, performed, paths, recorded, exchanges };
};

describe('the front door', () => {
  test('finds the service and the caller in the scope of the signature', async () => {
    const { door, performed } = world();

    const { body } = await door.send(request());

    expect(body).toBe('performed');
    expect(performed).toMatchObject([
      { service: 'ec2', operation: 'DescribeInstances', caller: 'FetchJitConfig' },
    ]);
  });

  test.each([
    ['the path prefix', request({ path: '/github/orgs/rr-debugger', headers: {} })],
    ['the host', request({ path: '/orgs/rr-debugger', headers: { host: 'api.github.com' } })],
  ])('finds GitHub by %s', async (_, toGitHub) => {
    const { door, paths } = world();

    await door.send(toGitHub);

    expect(paths).toEqual(['/orgs/rr-debugger']);
  });

  test('lets a fault answer in place of the service', async () => {
    const { door, faults, performed, recorded } = world();
    faults.add({ service: 'ec2', operation: '*', error: 'Unavailable', where: { market: 'spot' } });

    const { status, body } = await door.send(request());

    expect({ status, body }).toEqual({ status: 503, body: 'Unavailable An injected fault: Unavailable' });
    expect(performed).toEqual([]);
    expect(recorded).toMatchObject([{ fault: 'Unavailable' }]);
  });

  test('shows every answer to whoever watches, a refused one and a lost one too', async () => {
    const { door, faults, exchanges } = world();
    await door.send(request());
    faults.add({ service: 'ec2', operation: '*', error: 'Unavailable', times: 1 });
    await door.send(request());
    faults.add({ service: 'ec2', operation: '*', error: 'AnswerLost', times: 1 });
    await expect(door.send(request())).rejects.toThrow();

    expect(exchanges.map(({ response }) => response.body)).toEqual([
      'performed',
      'Unavailable An injected fault: Unavailable',
      'performed',
    ]);
    expect(exchanges[0]).toMatchObject({ call: { operation: 'DescribeInstances' }, request: request() });
  });

  test('breaks the connection before the call has an effect', async () => {
    const { door, faults, performed } = world();
    faults.add({ service: 'ec2', operation: '*', error: 'ConnectionLost' });

    await expect(door.send(request())).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(performed).toHaveLength(0);
  });

  test('loses the answer of a call that had its effect', async () => {
    const { door, faults, performed } = world();
    faults.add({ service: 'ec2', operation: '*', error: 'AnswerLost' });

    await expect(door.send(request())).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(performed).toHaveLength(1);
  });

  test('loses the answer of a call that had its effect though nobody watches', async () => {
    const performed: CloudCall[] = [];
    const faults = new FaultPlan();
    const door = createFrontDoor({ services: [fakeService('ec2', performed)], faults });
    faults.add({ service: 'ec2', operation: '*', error: 'AnswerLost' });

    await expect(door.send(request())).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(performed).toHaveLength(1);
  });

  test.each([
    ['has no signature', request({ headers: {} }), 403],
    [
      'names a service that is not there',
      request({ headers: { authorization: authorization.replace('/ec2/', '/s3/') } }),
      400,
    ],
    ['is none of the service’s', request({ body: '' }), 404],
  ])('refuses a request that %s', async (_, refused, status) => {
    const { door } = world();

    await expect(door.send(refused)).resolves.toMatchObject({ status });
  });
});
