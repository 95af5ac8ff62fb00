import { describe, expect, test } from '@jest/globals';
import { happenings } from '../../../../local/console/page/happenings.ts';
import { instance, job, life, state } from './shown.ts';

const between = (before: Parameters<typeof state>[0], after: Parameters<typeof state>[0]) =>
  happenings(state(before), state(after));

describe('what happened between two states', () => {
  test('is nothing when nothing that matters has changed', () => {
    const lives = [life({ status: 'ready', instances: [instance()] })];

    expect(between({ lives }, { lives: [{ ...lives[0], executions: [] } as never] })).toEqual([]);
  });

  test('is a life that comes, and each status that it gets', () => {
    const ready = life({ status: 'ready', instances: [instance()] });
    const second = life({ name: 'rr_runner_1_x86_64-2', n: 2 });

    expect(between({}, { lives: [life()] })).toEqual(['rr_runner_1 x86_64 is requested.']);
    expect(between({ lives: [life()] }, { lives: [ready] })).toEqual([
      'rr_runner_1 x86_64 is ready on spot, c5.9xlarge in us-east-2a.',
    ]);
    expect(between({ lives: [life()] }, { lives: [second, life()] })).toEqual([
      'rr_runner_1 x86_64 (2) is requested.',
    ]);
  });

  test('is a failure or an end, with its reason', () => {
    const failed = life({ status: 'failed', reason: 'QuotaExceeded: ask for more.' });
    const ending = life({ status: 'destroying', reason: 'A destroy was asked for.' });

    expect(between({ lives: [life()] }, { lives: [failed] })).toEqual([
      'rr_runner_1 x86_64 has failed. QuotaExceeded: ask for more.',
    ]);
    expect(between({ lives: [life()] }, { lives: [ending] })).toEqual([
      'rr_runner_1 x86_64 is being destroyed. A destroy was asked for.',
    ]);
  });

  test('is that nothing is left, once', () => {
    const over = life({ status: 'destroyed', isOver: true });

    expect(between({ lives: [life({ status: 'destroying' })] }, { lives: [over] })).toEqual([
      'Nothing is left of rr_runner_1 x86_64.',
    ]);
    expect(between({ lives: [over] }, { lives: [over] })).toEqual([]);
  });

  test('is a machine that EC2 took away, and none that ended as it should', () => {
    const before = life({ status: 'ready', instances: [instance()] });
    const withReason = (stateReason: string) => ({
      lives: [{ ...before, instances: [instance({ stateReason, state: 'shutting-down' })] }],
    });

    expect(between({ lives: [before] }, withReason('Server.SpotInstanceTermination'))).toEqual([
      'EC2 took i-0001 away (Server.SpotInstanceTermination).',
    ]);
    expect(between({ lives: [before] }, withReason('Client.UserInitiatedShutdown'))).toEqual([]);
  });

  test('is a job that is queued, begins and ends', () => {
    const running = job({ status: 'in_progress', life: 'rr_runner_1_x86_64-1' });
    const over = job({ status: 'completed', conclusion: 'failure' });

    expect(between({}, { jobs: [job()] })).toEqual(['Job 5001 is queued.']);
    expect(between({ jobs: [job()] }, { jobs: [running] })).toEqual([
      'Job 5001 runs on rr_runner_1_x86_64-1.',
    ]);
    expect(between({ jobs: [running] }, { jobs: [over] })).toEqual(['Job 5001 is over: failure.']);
  });

  test('is a fault that is injected, and that is over', () => {
    const faults = [{ service: 'ec2', operation: '*', error: '500', where: { market: 'spot' } }];

    expect(between({}, { faults })).toEqual(['Fault injected: ec2 everything (market spot): 500.']);
    expect(between({ faults }, {})).toEqual(['Fault over: ec2 everything (market spot): 500.']);
  });
});
