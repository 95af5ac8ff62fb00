import { describe, expect, test } from '@jest/globals';
import { pmuOf } from '../../maintenance/doctor/pmu.ts';

describe('the hardware PMU', () => {
  test.each([
    // A whole socket of the fifth and sixth generation.
    ['c5.9xlarge', 'exposed'],
    ['c5.12xlarge', 'exposed'],
    ['c5d.18xlarge', 'exposed'],
    ['m5.12xlarge', 'exposed'],
    ['c5a.12xlarge', 'exposed'],
    ['c6i.16xlarge', 'exposed'],
    ['m6i.32xlarge', 'exposed'],
    ['m6a.24xlarge', 'exposed'],
    // A part of one.
    ['c5.large', 'hidden'],
    ['c5.4xlarge', 'hidden'],
    ['m5.9xlarge', 'hidden'],
    ['c5a.8xlarge', 'hidden'],
    ['c6i.12xlarge', 'hidden'],
    ['m6a.16xlarge', 'hidden'],
    // Any size from the seventh on.
    ['c7i.large', 'exposed'],
    ['m7a.medium', 'exposed'],
    ['c7i-flex.xlarge', 'exposed'],
    ['m8i.4xlarge', 'exposed'],
    // Graviton 2 and later.
    ['c6g.8xlarge', 'exposed'],
    ['c6gd.medium', 'exposed'],
    ['r8g.large', 'exposed'],
    // No hypervisor.
    ['c5.metal', 'exposed'],
    ['i3.metal', 'exposed'],
    ['c7i.metal-24xl', 'exposed'],
    // Burstable.
    ['t3.2xlarge', 'hidden'],
    ['t4g.large', 'hidden'],
    // Nobody has told.
    ['a1.4xlarge', 'unknown'],
    ['c4.8xlarge', 'unknown'],
    ['m5a.24xlarge', 'unknown'],
    ['z1d.12xlarge', 'unknown'],
    ['no type', 'unknown'],
  ] as const)('of %s is %s', (type, pmu) => {
    expect(pmuOf(type)).toBe(pmu);
  });
});
