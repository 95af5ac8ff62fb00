import { expect, test } from '@jest/globals';
import { githubClient } from '../../../functions/adapters/github/github-client.ts';
import { githubRegistrar } from '../../../functions/adapters/github/github-registrar.ts';
import { githubService } from '../../../local/github/protocol.ts';
import { GitHub } from '../../../local/github/state.ts';
import { FaultPlan } from '../../../local/wire/faults.ts';
import { createFrontDoor } from '../../../local/wire/front-door.ts';
import { inProcessFetch } from '../../../local/wire/in-process-github.ts';

const name = 'rr_runner_1f_x86_64-1-1-a1b2c3d4';

const registrarOver = (github: GitHub) => {
  const services = [githubService({ github, tokens: new Set(['local']), runnerGroupIds: [1] })];
  const door = createFrontDoor({ services, faults: new FaultPlan() });
  const client = githubClient({
    connection: { fetch: inProcessFetch(door.send) },
    target: { kind: 'organization', organization: 'rr-debugger' },
    credential: { read: async () => ({ kind: 'token', token: 'local' }), forget: () => undefined },
  });
  return githubRegistrar(client, 1);
};

test('replaces the runner that an attempt whose answer was lost has left', async () => {
  const github = new GitHub();
  const stale = github.register(name, ['old']);
  const { registrationId } = await registrarOver(github).register(name, ['new']);
  expect(github.runners.map(({ id, labels }) => ({ id, labels }))).toEqual([
    { id: registrationId, labels: ['new'] },
  ]);
  expect(registrationId).not.toBe(stale?.runner.id);
});

test('asks to be tried again while GitHub does not list that runner yet', async () => {
  const github = new GitHub({ listLagSeconds: () => 60 });
  github.register(name, ['old']);
  await expect(registrarOver(github).register(name, ['new'])).rejects.toMatchObject({
    name: 'GitHubUnavailable',
  });
});

test('goes on when GitHub still lists a runner that is gone', async () => {
  const github = new GitHub();
  const stale = github.register(name, ['old'])?.runner;
  if (stale === undefined) throw new Error('not registered');
  const deleting = new Proxy(github, {
    get: (target, key) => {
      if (key === 'listed') {
        target.delete(stale);
        return [stale];
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await registrarOver(deleting).register(name, ['new']);
  expect(github.runners.map(({ labels }) => labels)).toEqual([['new']]);
});
