import { describe, expect, test } from '@jest/globals';
import { simulatedStack } from '../campaign/campaign-stack.ts';
import { burst } from './burst.ts';

describe('a burst', () => {
  test('gives every runner its job, and no runner is later than the rations allow', async () => {
    const options = { runners: 20, seed: 3, lambdaConcurrency: 1_000 };
    const stack = await simulatedStack({ admission: 'verified', liveRunnerCap: 20, queuedShare: 0 });
    const report = await burst(stack, options, () => undefined);
    expect(report).toMatchObject({ requested: 20, ready: 20, failed: 0, lost: 0 });
    expect(report.ratio).toBeLessThanOrEqual(1.2);
  }, 60_000);
});
