import { describe, expect, test } from '@jest/globals';
import { mostCached, runVerifier } from '../../../functions/domain/admission/run-verifier.ts';
import { Cache } from '../../../functions/domain/cache.ts';
import { GitHubUnavailable } from '../../../functions/domain/errors.ts';
import type { RunState } from '../../../functions/domain/workflow-run.ts';
import { later } from '../../functions/fakes/life.ts';

const attempt = { repository: 'rr-debugger/rr', id: 1001, attempt: 1 };
const active: RunState = { repository: 'rr-debugger/rr', status: 'in_progress', attempt: 1 };

const prepare = (state: RunState | Error | undefined) => {
  const scene = { state, seconds: 0, asked: 0 };
  const verifier = runVerifier(
    {
      run: async () => {
        scene.asked += 1;
        if (scene.state instanceof Error) throw scene.state;
        return scene.state;
      },
    },
    () => later(scene.seconds),
  );
  return { scene, verifier };
};

describe('an attempt of a run', () => {
  test.each(['queued', 'in_progress', 'waiting', 'requested', 'pending'])(
    'is verified while its run is %s',
    async (status) => {
      const { verifier } = prepare({ ...active, status });
      await expect(verifier.verify(attempt)).resolves.toMatchObject({ status: expect.any(String) });
    },
  );

  test.each<[string, RunState | undefined, string, RegExp]>([
    ['is unknown', undefined, 'run-unknown', /"Actions: read"/],
    ['is over', { ...active, status: 'completed' }, 'run-active', /status at GitHub is "completed"/],
    ['has a status that nobody knows', { ...active, status: 'paused' }, 'run-active', /"paused"/],
    ['is at a later attempt', { ...active, attempt: 2 }, 'run-attempt', /at attempt 2.*says 1/],
    ['is of another repository', { ...active, repository: 'x/y' }, 'run-repository', /one of x\/y/],
  ])('whose run %s is refused, with what to change', async (_, state, rule, message) => {
    const { verifier } = prepare(state);
    await expect(verifier.verify(attempt)).rejects.toMatchObject({
      status: 403,
      members: { rule },
      message: expect.stringMatching(message),
    });
  });

  test('is verified by a repository that GitHub spells otherwise', async () => {
    const { verifier } = prepare({ ...active, repository: 'RR-Debugger/RR' });
    await expect(verifier.verify(attempt)).resolves.toMatchObject({ status: expect.any(String) });
  });
});

describe('the memory of GitHub’s answers', () => {
  test('keeps consent for five seconds', async () => {
    const { scene, verifier } = prepare(active);
    await verifier.verify(attempt);
    scene.state = { ...active, status: 'completed' };
    scene.seconds = 4;
    await verifier.verify(attempt);
    scene.seconds = 5;
    await expect(verifier.verify(attempt)).rejects.toMatchObject({ status: 403 });
    expect(scene.asked).toBe(2);
  });

  test.each<[string, RunState | undefined, number]>([
    ['an attempt that is over', { ...active, status: 'completed' }, 600],
    ['an attempt that another has followed', { ...active, attempt: 2 }, 600],
    ['an attempt that has not begun', { ...active, attempt: 0 }, 5],
    ['a run that GitHub does not show yet', undefined, 5],
  ])('refuses %s for as long as it must stay true, and asks nobody', async (_, state, seconds) => {
    const { scene, verifier } = prepare(state);
    await expect(verifier.verify(attempt)).rejects.toThrow();
    scene.state = active;
    scene.seconds = seconds - 1;
    expect(() => verifier.recall(attempt)).toThrow();
    await expect(verifier.verify(attempt)).rejects.toThrow();
    scene.seconds = seconds;
    expect(() => verifier.recall(attempt)).not.toThrow();
    await expect(verifier.verify(attempt)).resolves.toMatchObject({ status: expect.any(String) });
    expect(scene.asked).toBe(2);
  });

  test('does not keep silence, which is no answer', async () => {
    const { scene, verifier } = prepare(new GitHubUnavailable('502'));
    await expect(verifier.verify(attempt)).rejects.toThrow(GitHubUnavailable);
    scene.state = active;
    await expect(verifier.verify(attempt)).resolves.toMatchObject({ status: expect.any(String) });
  });

  test('of one attempt says nothing of another', async () => {
    const { scene, verifier } = prepare({ ...active, status: 'completed' });
    await expect(verifier.verify(attempt)).rejects.toThrow();
    scene.state = { ...active, attempt: 2 };
    await expect(verifier.verify({ ...attempt, attempt: 2 })).resolves.toMatchObject({
      status: expect.any(String),
    });
  });
});

test('the cache has an end, the oldest go first', () => {
  const cache = new Cache<number>(() => later(0), mostCached);
  for (let key = 0; key <= mostCached; key += 1) cache.set(String(key), key, 60);
  expect(cache.size).toBe(mostCached);
  expect(cache.get('0')).toBeUndefined();
  expect(cache.get('1')).toBe(1);
});
