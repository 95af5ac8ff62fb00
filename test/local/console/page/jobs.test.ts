import { describe, expect, test } from '@jest/globals';
import { jobOf, newJob, runOfJob, statusWord, takesJob } from '../../../../local/console/page/jobs.ts';
import { newLabel } from '../../../../local/console/page/labels.ts';
import { job, life, state } from './shown.ts';

const { settings } = state();

describe('the job of a life', () => {
  test('is the one that its runner has or had', () => {
    const own = job({ id: 1, status: 'completed', life: 'rr_runner_1_x86_64-1' });

    expect(jobOf(life(), [job({ id: 2 }), own])).toBe(own);
  });

  test('is one that waits for its labels, but not once the life is past', () => {
    const waiting = job();

    expect(jobOf(life(), [waiting])).toBe(waiting);
    expect(jobOf(life({ architecture: 'arm64' }), [waiting])).toBeUndefined();
    expect(jobOf(life({ status: 'destroying' }), [waiting])).toBeUndefined();
  });

  test('is only one: a life that has one takes no other', () => {
    expect(takesJob(life({ status: 'ready' }), [])).toBe(true);
    expect(takesJob(life({ status: 'ready' }), [job()])).toBe(false);
    expect(takesJob(life({ status: 'failed' }), [])).toBe(false);
  });

  test.each([
    ['ready', 'in_progress', 'busy'],
    ['ready', 'queued', 'ready'],
    ['ready', 'completed', 'ready'],
    ['destroying', 'in_progress', 'destroying'],
  ] as const)('makes a %s life with a job that is %s %s', (status, jobStatus, word) => {
    expect(statusWord(life({ status }), job({ status: jobStatus }))).toBe(word);
  });
});

describe('a new job', () => {
  test('has labels as GitHub queues them, and its run if there is one', () => {
    expect(newJob(['rr_runner_1002_3', 'arch_arm64'], 10, 1002)).toEqual({
      run_id: 1002,
      labels: ['rr_runner_1002_3', 'arch_arm64'],
      duration_seconds: 600,
    });
    expect(newJob(['a'], 1, undefined)).not.toHaveProperty('run_id');
  });

  test("is of the run that a life's label names", () => {
    expect(runOfJob(life({ label: 'rr_runner_1002_3_ab' }), settings)).toBe(1002);
    expect(runOfJob(life({ label: 'rr_runner_hello' }), settings)).toBeUndefined();
  });
});

test('a new label names its run and attempt, and is another one each time', () => {
  const labels = Array.from({ length: 20 }, () => newLabel('rr_runner_', { id: 1001, attempt: 2 }));

  expect(labels[0]).toMatch(/^rr_runner_1001_2_[a-z2-9]{4}$/);
  expect(new Set(labels).size).toBeGreaterThan(15);
});
