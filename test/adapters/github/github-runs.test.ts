import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { githubClient } from '../../../functions/adapters/github/github-client.ts';
import { githubRunJobs, githubRuns } from '../../../functions/adapters/github/github-runs.ts';
import { GitHubRefused, GitHubUnavailable } from '../../../functions/domain/errors.ts';
import { type FakeGitHubScene, fakeGitHub, type GitHubScene, organization } from './fake-github.ts';

const wanted = { repository: 'rr-debugger/rr', id: 1001 };

let scene: FakeGitHubScene;
const prepare = (options: GitHubScene = {}) => {
  scene = fakeGitHub(options);
  scene.github.putRun({ ...wanted, status: 'in_progress', runAttempt: 3 });
  return { runs: githubRuns(scene.client), jobs: githubRunJobs(scene.client) };
};
afterEach(() => expect(scene.problems()).toEqual([]));

describe('a run', () => {
  test('is read with its status, its newest attempt and its repository', async () => {
    const { runs } = prepare();
    await expect(runs.run({ ...wanted, repository: 'RR-debugger/RR' })).resolves.toEqual({
      repository: 'rr-debugger/rr',
      status: 'in_progress',
      attempt: 3,
      headRepository: 'rr-debugger/rr',
    });
  });

  test('of a pull request from a fork says where its code is', async () => {
    const { runs } = prepare();
    const ofFork = { ...wanted, status: 'queued', runAttempt: 1, headRepository: 'mallory/rr' };
    scene.github.putRun(ofFork);
    await expect(runs.run(wanted)).resolves.toMatchObject({
      repository: 'rr-debugger/rr',
      headRepository: 'mallory/rr',
    });
  });

  test('that GitHub answers 404 for is unknown, another repository’s too', async () => {
    const { runs } = prepare();
    await expect(runs.run({ ...wanted, id: 7 })).resolves.toBeUndefined();
    await expect(runs.run({ ...wanted, repository: 'somebody/rr' })).resolves.toBeUndefined();
  });

  test.each(['500', '502', 'ConnectionLost', 'RateLimitExceeded', 'SecondaryRateLimit'])(
    'that GitHub answers with %s for may be read later',
    async (error) => {
      const { runs } = prepare();
      scene.faults.add({ service: 'github', operation: 'GetRun', error, times: 1 });
      await expect(runs.run(wanted)).rejects.toThrow(GitHubUnavailable);
    },
  );

  test('is refused for good to a credential that is not valid', async () => {
    const { runs } = prepare({ tokens: new Set() });
    await expect(runs.run(wanted)).rejects.toThrow(GitHubRefused);
  });
});

describe('the budget of the hour', () => {
  test('is what the last answer said, a 404 and a refusal too', async () => {
    const { runs } = prepare();
    expect(scene.client.requestsLeft()).toBeUndefined();
    await runs.run(wanted);
    expect(scene.client.requestsLeft()?.remaining).toBe(4_999);
    await runs.run({ ...wanted, id: 7 });
    expect(scene.client.requestsLeft()?.remaining).toBe(4_998);
    scene.faults.add({ service: 'github', operation: 'GetRun', error: 'RateLimitExceeded', times: 1 });
    await expect(runs.run(wanted)).rejects.toThrow(GitHubUnavailable);
    expect(scene.client.requestsLeft()?.remaining).toBe(0);
    expect(scene.client.requestsLeft()?.resetAt.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
  });

  test('is not changed by an answer that says nothing of it', async () => {
    const { runs } = prepare();
    await runs.run(wanted);
    scene.faults.add({ service: 'github', operation: 'GetRun', error: '502', times: 1 });
    await expect(runs.run(wanted)).rejects.toThrow(GitHubUnavailable);
    expect(scene.client.requestsLeft()?.remaining).toBe(4_999);
  });
});

describe('the jobs of a run', () => {
  const queue = () => scene.github.queueJob({ runId: 1001, labels: ['a-label'], durationSeconds: 60 });

  test('are those of every attempt, to the last page', async () => {
    const { jobs } = prepare();
    for (let count = 0; count < 101; count += 1) queue();
    scene.github.putRun({ ...wanted, status: 'in_progress', runAttempt: 4 });
    for (let count = 0; count < 104; count += 1) queue();
    const read = (await jobs.jobs(wanted)) ?? [];
    expect(read).toHaveLength(205);
    expect(read.filter(({ isCompleted }) => !isCompleted)).toHaveLength(104);
    expect(scene.asked()).toHaveLength(3);
  });

  test('name the runner that has them', async () => {
    const { jobs } = prepare();
    queue().runnerName = 'a-1';
    queue();
    await expect(jobs.jobs(wanted)).resolves.toEqual([
      { isCompleted: false, runnerName: 'a-1' },
      { isCompleted: false },
    ]);
  });

  test('are unknown with the run', async () => {
    const { jobs } = prepare();
    await expect(jobs.jobs({ ...wanted, id: 7 })).resolves.toBeUndefined();
  });
});

describe('a run of a private repository', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const credential = {
    kind: 'app',
    appId: '12',
    installationId: '34',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  } as const;
  const app = {
    appId: '12',
    installationId: '34',
    publicKey,
    permissions: { organization_self_hosted_runners: 'write', actions: 'read' },
  };

  const runsWith = (readsPrivateRuns: boolean) => {
    prepare({ tokens: new Set(), app, credential });
    scene.github.putRun({ ...wanted, status: 'in_progress', runAttempt: 3, isPrivate: true });
    const { connection } = scene;
    const source = { read: async () => credential, forget: () => undefined };
    return githubRuns(
      githubClient({ connection, target: organization, credential: source, readsPrivateRuns }),
    );
  };

  test('is read with the permission to read Actions beside that for runners', async () => {
    await expect(runsWith(true).run(wanted)).resolves.toMatchObject({ attempt: 3 });
    const asked = scene.exchanges.find(({ call }) => call.operation === 'CreateAccessToken');
    expect(JSON.parse(asked?.request.body ?? '')).toEqual({
      permissions: { organization_self_hosted_runners: 'write', actions: 'read' },
    });
  });

  test('is hidden without it', async () => {
    await expect(runsWith(false).run(wanted)).resolves.toBe('hidden');
  });
});
