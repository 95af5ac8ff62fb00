import { describe, expect, test } from '@jest/globals';
import { ec2Service } from '../../../local/aws/ec2/protocol.ts';
import { Fleet } from '../../../local/aws/ec2/state.ts';
import { jsonService } from '../../../local/wire/aws-json.ts';
import { queryService } from '../../../local/wire/aws-query.ts';
import { FaultPlan } from '../../../local/wire/faults.ts';
import { createFrontDoor } from '../../../local/wire/front-door.ts';
import { wireSite } from '../../../local/wire/wire-site.ts';

const services = [
  ec2Service(new Fleet({ onState: () => undefined }), { subnets: [], securityGroupIds: [] }),
  jsonService('kms', '1.1', { Decrypt: () => ({ done: true }) }),
  queryService('iam', 'https://iam.amazonaws.com/doc/2010-05-08/', { GetRole: () => ({}) }),
];
const site = wireSite(createFrontDoor({ services, faults: new FaultPlan() }));

const send = (service: string, body: string, headers: Readonly<Record<string, string>> = {}) =>
  site.answer({
    method: 'POST',
    path: '/',
    headers: {
      host: '127.0.0.1:8787',
      authorization: `AWS4-HMAC-SHA256 Credential=local.x/20260301/us-east-2/${service}/aws4_request`,
      ...headers,
    },
    body: Buffer.from(body),
    sourceIp: '127.0.0.1',
  });

describe('the fake cloud on its port', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'knows no operation %s that is only every object’s',
    async (name) => {
      expect(await send('ec2', `Action=${name}`)).toMatchObject({ status: 404 });
      expect(await send('iam', `Action=${name}`)).toMatchObject({ status: 404 });
      expect(await send('kms', '{}', { 'x-amz-target': `TrentService.${name}` })).toMatchObject({
        status: 404,
      });
    },
  );

  test.each(['__proto__.polluted', 'constructor.prototype.polluted', 'Filter.__proto__.polluted'])(
    'lets no parameter %s change what all objects have',
    async (name) => {
      const { status } = await send('ec2', `Action=DescribeInstances&${name}=yes`);
      // A filter that EC2 does not know is refused, whatever it is called.
      expect(status).toBe(name.startsWith('Filter.') ? 400 : 200);
      expect(({} as Readonly<Record<string, unknown>>)['polluted']).toBeUndefined();
      expect((Object as unknown as Readonly<Record<string, unknown>>)['polluted']).toBeUndefined();
    },
  );

  test('does not know a request whose body is no JSON', async () => {
    expect(await send('kms', '{', { 'x-amz-target': 'TrentService.Decrypt' })).toMatchObject({ status: 404 });
  });

  test.each([
    ['a name that was bound to this machine afterwards', { host: 'evil.example:8787' }],
    ['a page of another site', { origin: 'https://evil.example' }],
    ['GitHub’s own name', { host: 'api.github.com' }],
  ])('is not there for %s', async (_, headers) => {
    expect(await send('kms', '{}', { 'x-amz-target': 'TrentService.Decrypt', ...headers })).toMatchObject({
      status: 403,
      headers: { 'content-type': 'application/problem+json' },
    });
  });
});
