import { afterEach, describe, expect, test } from '@jest/globals';
import { githubDeregistrar } from '../../../functions/adapters/github/github-deregistrar.ts';
import { GitHubRefused, GitHubUnavailable } from '../../../functions/domain/errors.ts';
import { bothTargets, type FakeGitHubScene, fakeGitHub, type GitHubScene } from './fake-github.ts';

let scene: FakeGitHubScene;
const deregistrar = (options: GitHubScene = {}) => {
  scene = fakeGitHub(options);
  return githubDeregistrar(scene.client);
};
afterEach(() => expect(scene.problems()).toEqual([]));

describe.each(bothTargets)('deleting a registration at %s', (_, target) => {
  test('deletes it, and is nothing the second time', async () => {
    const deleting = deregistrar({ target });
    const [id = 0] = scene.registered('a-1');

    await expect(deleting.deregister(id)).resolves.toBe('deregistered');
    await expect(deleting.deregister(id)).resolves.toBe('gone');
    expect(scene.github.runners).toEqual([]);
  });

  test('is refused while GitHub takes it for busy', async () => {
    const deleting = deregistrar({ target });
    const [id = 0] = scene.registered('a-1');
    const runner = scene.github.runner(id);
    if (runner !== undefined) runner.isShownBusy = true;

    await expect(deleting.deregister(id)).resolves.toBe('refused');
    expect(scene.github.runners).toHaveLength(1);
  });
});

describe('a failure', () => {
  test.each([
    ['401', GitHubRefused],
    ['403', GitHubRefused],
    ['500', GitHubUnavailable],
    ['ConnectionLost', GitHubUnavailable],
  ])('of %s is an error of its class', async (error, expected) => {
    const deleting = deregistrar();
    const [id = 0] = scene.registered('a-1');
    scene.faults.add({ service: 'github', operation: 'DeleteRunner', error, times: 9 });

    await expect(deleting.deregister(id)).rejects.toThrow(expected);
  });

  test('to hear the answer is unavailable, and the repeat finds it gone', async () => {
    const deleting = deregistrar();
    const [id = 0] = scene.registered('a-1');
    scene.faults.add({ service: 'github', operation: 'DeleteRunner', error: 'AnswerLost', times: 1 });

    await expect(deleting.deregister(id)).rejects.toThrow(GitHubUnavailable);
    await expect(deleting.deregister(id)).resolves.toBe('gone');
  });
});
