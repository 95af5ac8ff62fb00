import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { appCredential, tokenCredential } from '../../local/github/deployed-credential.ts';
import type { WireExchange } from '../../local/wire/front-door.ts';
import { createWorld, type World } from './world.ts';

const label = 'rr_runner_0123456789abcdef';

const liveAndEnd = async (world: World): Promise<void> => {
  await world.post({ operation: 'create', label, architecture: 'x86_64' });
  await world.untilStatus(label, 'ready', 120);
  await world.post({ operation: 'destroy', label });
  await world.untilNothingIsLeft(900);
};

describe('an App’s key', () => {
  test('is enough for a life, of no more than the permission that it was given, and gets nowhere', async () => {
    const asked: WireExchange[] = [];
    const world = await createWorld({
      credential: appCredential({ organization_self_hosted_runners: 'write', administration: 'write' }),
      watcher: { onExchange: (exchange) => asked.push(exchange) },
    });
    await liveAndEnd(world);
    await world.end();
    const tokens = asked.filter(({ call }) => call.operation === 'CreateAccessToken');
    expect(tokens.length).toBeGreaterThan(0);
    for (const { request } of tokens)
      expect(JSON.parse(request.body)).toEqual({
        permissions: { organization_self_hosted_runners: 'write' },
      });
  });

  test('that lacks the permission is told in the reason, and leaves nothing', async () => {
    const world = await createWorld({ credential: appCredential({ metadata: 'read' }) });
    await world.post({ operation: 'create', label, architecture: 'x86_64' });
    await world.untilStatus(label, 'failed', 300);
    expect((await world.status(label)).runners[0]?.['reason']).toMatch(
      /CredentialUnusable: The App's installation has not been given organization_self_hosted_runners: write/,
    );
    await world.end();
  });
});

describe('a token', () => {
  test('that is changed takes effect with the next request, in functions that know the old one', async () => {
    const [old, next] = [0, 1].map(() => randomBytes(30).toString('base64url')) as [string, string];
    const tokens = new Set([old]);
    const world = await createWorld({ credential: { ...tokenCredential(old), tokens } });
    await liveAndEnd(world);
    tokens.clear();
    tokens.add(next);
    world.cloud.secrets.put(world.cloud.stack.secretArns[0] ?? '', JSON.stringify({ token: next }));
    await liveAndEnd(world);
    expect((await world.status(label)).runners).toMatchObject([{ name: `${label}_x86_64-2` }]);
    await world.end();
  });
});

describe('a refusal of GitHub', () => {
  test.each(['401', '403', '404'])(
    'with %s of a token in its first seconds ends no provision',
    async (error) => {
      const world = await createWorld();
      world.fault({ service: 'github', operation: '*', error, seconds: 10 });
      await liveAndEnd(world);
      await world.end();
    },
  );

  /** Whether it comes before the runner is registered, or while its machine boots. */
  test.each([
    ['before its runner is registered', 'fault first'],
    ['while its machine boots', 'request first'],
  ])(
    'that lasts ends a provision %s after some minutes, in GitHub’s own words',
    async (_, order) => {
      const world = await createWorld({ bootSeconds: () => 120 });
      const fault = { service: 'github', operation: '*', error: '403', seconds: 1_200 };
      if (order === 'fault first') world.fault(fault);
      await world.post({ operation: 'create', label, architecture: 'x86_64' });
      world.fault(fault);
      await world.advance(120);
      const provision = () => world.state().executions.find(({ name }) => name === `${label}_x86_64-1`);
      expect(provision()?.status).toBe('RUNNING');
      await world.until(() => provision()?.status === 'FAILED', 240);
      expect((await world.status(label)).runners[0]?.['reason']).toMatch(
        /^GitHubRefused: .*: GitHub answered 403: An injected fault: 403\. /,
      );
      world.cloud.faults.clear();
      await world.untilNothingIsLeft(1_500);
      await world.end();
    },
    90_000,
  );
});
