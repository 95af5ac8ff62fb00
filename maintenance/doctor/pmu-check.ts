import type { Config } from '../../infra/config.ts';
import { passed, type Verdict, warning } from '../finding.ts';
import type { Check } from './check.ts';
import { pmuOf } from './pmu.ts';

const tryIt =
  'Start one runner and see whether "perf stat -e instructions true" counts, or name a type that is known.';

const judge = (type: string): Verdict => {
  const pmu = pmuOf(type);
  if (pmu === 'exposed') return passed(`${type} exposes the hardware performance counters`);
  if (pmu === 'unknown')
    return warning(`${type}: it is not known whether it exposes the performance counters`, tryIt);
  return warning(
    `${type} does not expose the hardware performance counters`,
    'If jobs need them (rr, perf): c5.9xlarge, a 6i.16xlarge, or any size of the 7th generation.',
  );
};

/** Whether the allowed types show jobs the counters that they come for. */
export const pmuCheck = ({ instanceTypes }: Config): Check => ({
  subject: 'PMU',
  look: async () => [...new Set(Object.values(instanceTypes).flat())].map(judge),
});
