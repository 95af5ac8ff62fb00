import { afterEach, describe, expect, test } from '@jest/globals';
import { githubLabelWithdrawer } from '../../../functions/adapters/github/github-label-withdrawer.ts';
import { GitHubRefused, GitHubUnavailable } from '../../../functions/domain/errors.ts';
import { bothTargets, type FakeGitHubScene, fakeGitHub, type GitHubScene } from './fake-github.ts';

let scene: FakeGitHubScene;
const withdrawer = (options: GitHubScene = {}) => {
  scene = fakeGitHub(options);
  return githubLabelWithdrawer(scene.client);
};
afterEach(() => expect(scene.problems()).toEqual([]));

describe.each(bothTargets)('withdrawing the labels at %s', (_, target) => {
  test('leaves none, so that no job matches any more', async () => {
    const withdrawing = withdrawer({ target });
    const [id = 0] = scene.registered('a-1');

    await expect(withdrawing.withdrawLabels(id)).resolves.toBe('withdrawn');
    await expect(withdrawing.withdrawLabels(id)).resolves.toBe('withdrawn');
    expect(scene.github.runner(id)?.labels).toEqual([]);
  });

  test('of a registration that is gone is nothing', async () => {
    await expect(withdrawer({ target }).withdrawLabels(4_711)).resolves.toBe('gone');
  });
});

test.each([
  ['403', GitHubRefused],
  ['503', GitHubUnavailable],
])('a failure of %s is an error of its class', async (error, expected) => {
  const withdrawing = withdrawer();
  scene.faults.add({ service: 'github', operation: 'RemoveLabels', error });

  await expect(withdrawing.withdrawLabels(1)).rejects.toThrow(expected);
});
