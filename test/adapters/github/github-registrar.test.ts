import { afterEach, describe, expect, test } from '@jest/globals';
import { githubRegistrar } from '../../../functions/adapters/github/github-registrar.ts';
import { GitHubRefused, GitHubUnavailable } from '../../../functions/domain/errors.ts';
import {
  bothTargets,
  type FakeGitHubScene,
  fakeGitHub,
  type GitHubScene,
  organization,
  personToken,
} from './fake-github.ts';

let scene: FakeGitHubScene;
const registrar = (options: GitHubScene = {}) => {
  scene = fakeGitHub(options);
  return githubRegistrar(scene.client, 5);
};
afterEach(() => expect(scene.problems()).toEqual([]));

const name = 'rr_runner_1f_x86_64-1-1-a1b2c3d4';
const labels = ['rr_runner_1f', 'arch_x86_64'];

describe.each(bothTargets)('registering a runner at %s', (_, target) => {
  test('gives its id and its configuration, and sends name, group and labels', async () => {
    const { registrationId, encoded } = await registrar({ target }).register(name, labels);

    expect(scene.sent()).toEqual({ name, runner_group_id: 5, labels });
    expect(scene.github.runner(registrationId)).toMatchObject({ name, labels, isOnline: false });
    expect(encoded).toMatch(/^[A-Za-z0-9+/=]+$/);
  });

  test('whose answer was lost replaces the stale runner of that name', async () => {
    const registering = registrar({ target });
    const [stale = 0] = scene.registered(name);
    const { registrationId } = await registering.register(name, labels);

    expect(registrationId).not.toBe(stale);
    expect(scene.github.runners.map(({ id }) => id)).toEqual([registrationId]);
  });
});

describe('a lost answer', () => {
  test('is unavailable, and the repeat of the step finds the runner and replaces it', async () => {
    const registering = registrar();
    scene.faults.add({ service: 'github', operation: 'GenerateJitConfig', error: 'AnswerLost', times: 1 });

    await expect(registering.register(name, labels)).rejects.toThrow(GitHubUnavailable);
    expect(scene.github.runners).toHaveLength(1);
    const { registrationId } = await registering.register(name, labels);
    expect(scene.github.runners.map(({ id }) => id)).toEqual([registrationId]);
  });

  test('of the very repeat is unavailable too, and leaves one runner for the next', async () => {
    const registering = registrar();
    scene.registered(name);
    scene.faults.add({ service: 'github', operation: 'DeleteRunner', error: 'AnswerLost', times: 1 });

    await expect(registering.register(name, labels)).rejects.toThrow(GitHubUnavailable);
    await registering.register(name, labels);
    expect(scene.github.runners).toHaveLength(1);
  });
});

describe('a name that is taken', () => {
  test('by a runner that the list does not show yet is unavailable: the list will show it', async () => {
    const registering = registrar({ listLagSeconds: () => 3_600 });
    scene.registered(name);
    const registered = registering.register(name, labels);

    await expect(registered).rejects.toThrow(GitHubUnavailable);
    await expect(registered).rejects.toThrow(/does not list yet/);
  });

  test('by a runner that somebody else deletes meanwhile is free', async () => {
    const registering = registrar();
    const [id = 0] = scene.registered(name);
    scene.faults.add({ service: 'github', operation: 'DeleteRunner', error: '404', times: 1 });
    const stale = scene.github.runner(id);
    const registered = registering.register(name, labels);
    if (stale !== undefined) scene.github.delete(stale);

    await expect(registered).resolves.toMatchObject({ encoded: expect.any(String) });
  });

  test('leaves alone the runners whose names only resemble it', async () => {
    const registering = registrar();
    scene.registered(`${name}x`, name.toUpperCase(), name);
    await registering.register(name, labels);

    expect(scene.github.runners.map((runner) => runner.name).toSorted()).toEqual(
      [`${name}x`, name.toUpperCase(), name].toSorted(),
    );
  });
});

describe('what GitHub refuses', () => {
  test('for a group that is missing names the runner group', async () => {
    registrar();
    const registered = githubRegistrar(scene.client, 99).register(name, labels);

    await expect(registered).rejects.toThrow(GitHubRefused);
    await expect(registered).rejects.toThrow(/404.*runner group/);
  });

  test.each([
    ['401', /credential in the GitHub secret/],
    ['403', /403: An injected fault/],
    ['404', /does not exist/],
    ['422', /422: An injected fault/],
  ])('with %s is refused, and says what to look at', async (error, advice) => {
    const registering = registrar();
    scene.faults.add({ service: 'github', operation: 'GenerateJitConfig', error, times: 9 });
    const registered = registering.register(name, labels);

    await expect(registered).rejects.toThrow(GitHubRefused);
    await expect(registered).rejects.toThrow(advice);
  });

  test.each(['500', '502', '503', '504', '429', 'RateLimitExceeded', 'SecondaryRateLimit', 'ConnectionLost'])(
    'with %s is for a while',
    async (error) => {
      const registering = registrar();
      scene.faults.add({ service: 'github', operation: 'GenerateJitConfig', error, times: 9 });

      await expect(registering.register(name, labels)).rejects.toThrow(GitHubUnavailable);
    },
  );

  test('never tells the token', async () => {
    registrar({ target: organization });
    scene.tokens.clear();
    const { cause, message } = await githubRegistrar(scene.client, 5)
      .register(name, labels)
      .then(() => new Error('registered'))
      .catch((error: Error) => error);

    expect(`${message}${JSON.stringify(cause)}`).not.toContain(personToken);
  });
});
