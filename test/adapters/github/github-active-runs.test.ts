import { describe, expect, test } from '@jest/globals';
import { githubActiveRuns } from '../../../functions/adapters/github/github-active-runs.ts';
import { fakeGitHub } from './fake-github.ts';

const run = (id: number, status: string, repository = 'rr-debugger/rr', runAttempt = 1) => ({
  id,
  repository,
  status,
  runAttempt,
});

describe('the active runs of a repository', () => {
  test('are those of every status but completed, and of this repository alone', async () => {
    const { github, client, problems } = fakeGitHub();
    for (const [index, status] of ['queued', 'in_progress', 'waiting', 'requested', 'pending'].entries())
      github.putRun(run(index + 1, status));
    github.putRun(run(6, 'completed'));
    github.putRun(run(7, 'queued', 'rr-debugger/other'));
    const found = await githubActiveRuns(client)('RR-debugger/rr');
    expect(found.map(({ id }) => id).toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(problems()).toEqual([]);
  });

  test('have their newest attempt, and their repository as GitHub spells it', async () => {
    const { github, client } = fakeGitHub();
    github.putRun(run(1, 'in_progress', 'rr-debugger/rr', 3));
    expect(await githubActiveRuns(client)('RR-Debugger/RR')).toEqual([
      {
        id: 1,
        repository: 'rr-debugger/rr',
        status: 'in_progress',
        attempt: 3,
        headRepository: 'rr-debugger/rr',
      },
    ]);
  });

  test('are read page by page', async () => {
    const { github, client } = fakeGitHub();
    for (let id = 1; id <= 150; id += 1) github.putRun(run(id, 'queued'));
    expect(await githubActiveRuns(client)('rr-debugger/rr')).toHaveLength(150);
  });
});
