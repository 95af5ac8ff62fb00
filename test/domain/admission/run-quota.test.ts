import { describe, expect, test } from '@jest/globals';
import { runQuota } from '../../../functions/domain/admission/run-quota.ts';
import type { Architecture } from '../../../functions/domain/architecture.ts';

const judge = (label: string, newArchitectures: readonly Architecture[], live: readonly string[]) =>
  runQuota(2, 'rr_runner_')(
    { operation: 'create', label, architectures: newArchitectures, newArchitectures },
    new Set(live),
  );

const full = ['rr_runner_7_1_a_x86_64-1', 'rr_runner_7_1_x86_64-1'];

describe('the quota of a run', () => {
  test('refuses a label with a suffix when the attempt has its runners, and says which rule', () => {
    expect(judge('rr_runner_7_1_b', ['x86_64'], full)).toMatchObject({
      status: 429,
      members: { rule: 'run-quota', retryAfterSeconds: 60 },
      message: expect.stringMatching(/^Run 7 attempt 1 has its 2 live runners for x86_64/),
    });
  });

  test('never refuses the label that is the run’s own, whoever has asked for others', () => {
    const strangers = ['a', 'b', 'c'].map((suffix) => `rr_runner_7_1_${suffix}_x86_64-1`);
    expect(judge('rr_runner_7_1', ['x86_64', 'arm64'], strangers)).toBeUndefined();
  });

  test.each<[string, Architecture, readonly string[]]>([
    ['another architecture', 'arm64', full],
    ['another run', 'x86_64', ['rr_runner_71_1_a_x86_64-1', 'rr_runner_71_1_x86_64-1']],
    ['another attempt', 'x86_64', ['rr_runner_7_2_a_x86_64-1', 'rr_runner_7_11_x86_64-1']],
    ['no run', 'x86_64', ['rr_runner_abc_x86_64-1', 'rr_runner_7_x86_64-1']],
  ])('does not count the runners of %s', (_, architecture, live) => {
    expect(judge('rr_runner_7_1_b', [architecture], live)).toBeUndefined();
  });

  test('is judged for each architecture that is asked for', () => {
    expect(judge('rr_runner_7_1_b', ['arm64', 'x86_64'], full)).toMatchObject({ status: 429 });
  });
});
