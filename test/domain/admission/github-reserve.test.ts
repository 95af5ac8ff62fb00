import { describe, expect, test } from '@jest/globals';
import {
  githubReserve,
  type RequestsLeft,
  reservedRequests,
} from '../../../functions/domain/admission/github-reserve.ts';
import { GitHubUnavailable } from '../../../functions/domain/errors.ts';
import { later } from '../../functions/fakes/life.ts';

const prepare = (left: RequestsLeft | undefined, failure?: Error) => {
  const scene = { seconds: 0, asked: 0, failure };
  const { spend } = githubReserve({ requestsLeft: () => left }, () => later(scene.seconds));
  const ask = () =>
    spend(async () => {
      scene.asked += 1;
      if (scene.failure !== undefined) throw scene.failure;
    });
  return { scene, ask };
};

describe('the reserve of GitHub’s hour', () => {
  test('is not touched: nobody asks, and the refusal says when the hour is over', async () => {
    const { scene, ask } = prepare({ remaining: reservedRequests, resetAt: later(1_200.4) });
    await expect(ask()).rejects.toMatchObject({
      status: 503,
      members: { rule: 'github-reserve', retryAfterSeconds: 1_201 },
    });
    expect(scene.asked).toBe(0);
  });

  test.each<[string, RequestsLeft | undefined]>([
    ['while more than it is left', { remaining: reservedRequests + 1, resetAt: later(1_200) }],
    ['when the hour that it was of is over', { remaining: 0, resetAt: later(0) }],
    ['when GitHub has not said anything yet', undefined],
  ])('does not keep anybody from asking %s', async (_, left) => {
    const { scene, ask } = prepare(left);
    await ask();
    expect(scene.asked).toBe(1);
  });
});

describe('GitHub’s own "come back later"', () => {
  test('is heeded until then', async () => {
    const silence = new GitHubUnavailable('secondary limit', { retryAfterSeconds: 60 });
    const { scene, ask } = prepare(undefined, silence);
    await expect(ask()).rejects.toThrow(silence);
    delete (scene as { failure?: Error }).failure;
    scene.seconds = 59;
    await expect(ask()).rejects.toThrow(silence);
    scene.seconds = 60;
    await ask();
    expect(scene.asked).toBe(2);
  });

  test('that names no time is no reason not to ask again', async () => {
    const { scene, ask } = prepare(undefined, new GitHubUnavailable('502'));
    await expect(ask()).rejects.toThrow('502');
    await expect(ask()).rejects.toThrow('502');
    expect(scene.asked).toBe(2);
  });
});
