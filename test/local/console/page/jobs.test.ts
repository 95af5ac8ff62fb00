import { describe, expect, test } from '@jest/globals';
import { jobOf, newJob, takesJob } from '../../../../local/console/page/jobs.ts';
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

  test("is queued with the life's labels, for the run that its label names", () => {
    const own = life({ label: 'rr_runner_1002_3_ab', architecture: 'arm64' });

    expect(newJob(own, settings, 10)).toEqual({
      run_id: 1002,
      labels: ['rr_runner_1002_3_ab', 'arch_arm64'],
      duration_seconds: 600,
    });
  });
});

test('a job of a life whose label names no run names none either', () => {
  expect(newJob(life({ label: 'rr_runner_hello' }), settings, 1)).not.toHaveProperty('run_id');
});

test('a new label names its run and attempt, and is another one each time', () => {
  const labels = Array.from({ length: 20 }, () => newLabel('rr_runner_', { id: 1001, attempt: 2 }));

  expect(labels[0]).toMatch(/^rr_runner_1001_2_[a-z2-9]{4}$/);
  expect(new Set(labels).size).toBeGreaterThan(15);
});
