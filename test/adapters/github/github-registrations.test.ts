import { afterEach, describe, expect, test } from '@jest/globals';
import {
  githubRegistrationLister,
  githubRegistrations,
} from '../../../functions/adapters/github/github-registrations.ts';
import { GitHubRefused, GitHubUnavailable } from '../../../functions/domain/errors.ts';
import { bothTargets, type FakeGitHubScene, fakeGitHub, type GitHubScene } from './fake-github.ts';

let scene: FakeGitHubScene;
const prepare = (options: GitHubScene = {}) => {
  scene = fakeGitHub(options);
  return { reader: githubRegistrations(scene.client), lister: githubRegistrationLister(scene.client) };
};
afterEach(() => expect(scene.problems()).toEqual([]));

const nothing = { ended: () => undefined, seized: () => undefined };

describe.each(bothTargets)('a registration at %s', (_, target) => {
  test('is read by its id', async () => {
    const { reader } = prepare({ target });
    const [id = 0] = scene.registered('a-1');

    await expect(reader.byId(id)).resolves.toEqual({
      id,
      name: 'a-1',
      online: false,
      busy: false,
      labels: ['a-label', 'arch_x86_64'],
    });
  });

  test('is online once its machine has connected', async () => {
    const { reader } = prepare({ target });
    const made = scene.github.register('a-1', ['a-label']);
    scene.github.connect(made?.config ?? '', nothing);

    await expect(reader.byId(made?.runner.id ?? 0)).resolves.toMatchObject({ online: true });
  });

  test('is found by its whole name, among others', async () => {
    const { reader } = prepare({ target });
    const [, id] = scene.registered('a-11', 'a-1');

    await expect(reader.byName('a-1')).resolves.toMatchObject({ id, name: 'a-1' });
    await expect(reader.byName('a')).resolves.toBeUndefined();
  });

  test('is one of a list that is read to the last page', async () => {
    const { lister } = prepare({ target });
    const ids = scene.registered(...Array.from({ length: 250 }, (__, index) => `a-${index}`));

    expect((await lister.all()).map(({ id }) => id)).toEqual(ids);
    expect(scene.asked()).toHaveLength(3);
  });
});

describe('an absence', () => {
  test('is only what GitHub answers 404 for', async () => {
    const { reader } = prepare();
    await expect(reader.byId(4_711)).resolves.toBeUndefined();
  });

  test.each([
    ['403', GitHubRefused],
    ['500', GitHubUnavailable],
    ['ConnectionLost', GitHubUnavailable],
    ['AnswerLost', GitHubUnavailable],
  ])('is not what GitHub answers with %s', async (error, expected) => {
    const { reader, lister } = prepare();
    scene.faults.add({ service: 'github', operation: '*', error, times: 9 });

    await expect(reader.byId(1)).rejects.toThrow(expected);
    await expect(reader.byName('a')).rejects.toThrow(expected);
    await expect(lister.all()).rejects.toThrow(expected);
  });

  test('in the middle of a list is an error, not a shorter list', async () => {
    const { lister } = prepare();
    scene.registered(...Array.from({ length: 150 }, (__, index) => `a-${index}`));
    const failing = { service: 'github', operation: 'ListRunners', error: '500', times: 1 };
    const original = scene.faults.take.bind(scene.faults);
    let pages = 0;
    scene.faults.take = (call, facts) => {
      pages += 1;
      if (pages === 2) scene.faults.add(failing);
      return original(call, facts);
    };

    await expect(lister.all()).rejects.toThrow(GitHubUnavailable);
  });
});
