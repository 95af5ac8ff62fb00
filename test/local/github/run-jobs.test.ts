import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { HookOutcome, StartedJob } from '../../../local/github/runner-hub.ts';
import { GitHub } from '../../../local/github/state.ts';

const repository = 'rr-debugger/rr';
const run = { id: 1001, repository, status: 'in_progress', runAttempt: 1 };
const job = { runId: 1001, labels: ['a'], durationSeconds: 60 };

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const prepare = (hook?: (started: StartedJob) => HookOutcome) => {
  const github = new GitHub();
  github.putRun(run);
  const happened: string[] = [];
  const made = github.register('runner', ['a']);
  github.connect(made?.config ?? '', {
    ended: () => happened.push('ended'),
    seized: () => happened.push('seized'),
    ...(hook === undefined ? {} : { hook }),
  });
  return { github, happened };
};

describe('a job-started hook', () => {
  test('that ends the worker fails the job within seconds, before a hostile one has done anything', () => {
    const told: StartedJob[] = [];
    const { github, happened } = prepare((started) => {
      told.push(started);
      return 'ends-worker';
    });
    const queued = github.queueJob({ ...job, isHostile: true });
    jest.advanceTimersByTime(5_000);
    expect(told).toEqual([{ runId: 1001, repository }]);
    expect(queued).toMatchObject({ status: 'completed', conclusion: 'failure', runnerName: 'runner' });
    expect(queued.stepsRun).toBe('none');
    expect(happened).toEqual(['ended']);
    expect(github.runners).toEqual([]);
  });

  test('that only fails does not keep a hostile job’s `always()` steps from the machine', () => {
    const { github, happened } = prepare(() => 'fails');
    const queued = github.queueJob({ ...job, isHostile: true });
    expect(happened).toEqual(['seized']);
    jest.advanceTimersByTime(60_000);
    expect(queued).toMatchObject({ stepsRun: 'always()', conclusion: 'failure' });
  });

  test('that passes lets it run', () => {
    const { github } = prepare(() => 'passes');
    const queued = github.queueJob(job);
    jest.advanceTimersByTime(60_000);
    expect(queued).toMatchObject({ stepsRun: 'all', status: 'completed', conclusion: 'success' });
  });
});

describe('a run that is over', () => {
  test.each<[string, Partial<typeof run>]>([
    ['was cancelled', { status: 'completed' }],
    ['is run again', { runAttempt: 2 }],
  ])('because it %s has no unfinished job, and the runner ends', (_, change) => {
    const { github, happened } = prepare();
    const running = github.queueJob(job);
    const waiting = github.queueJob({ ...job, labels: ['nobody'] });
    github.putRun({ ...run, ...change });
    expect([running, waiting]).toMatchObject([{ conclusion: 'failure' }, { conclusion: 'failure' }]);
    expect(happened).toEqual(['ended']);
  });
});
