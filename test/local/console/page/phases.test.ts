import { describe, expect, test } from '@jest/globals';
import { phasesOf } from '../../../../local/console/page/phases.ts';
import { execution, instance, job, life } from './shown.ts';

const now = 600_000;
const provisioned = execution({ status: 'SUCCEEDED', stoppedAt: 40_000 });

const kinds = (...args: Parameters<typeof phasesOf>) =>
  phasesOf(...args).map(({ kind, from, to }) => [kind, from, to]);

describe('the phases of a life', () => {
  test('are one while it is being launched', () => {
    expect(kinds(life({ instances: [instance()] }), undefined, now)).toEqual([['launch', 0, now]]);
  });

  test('are a launch and a wait while it is ready', () => {
    const ready = life({ executions: [provisioned], readyAt: 40_000, instances: [instance()] });

    expect(kinds(ready, undefined, now)).toEqual([
      ['launch', 0, 40_000],
      ['idle', 40_000, now],
    ]);
  });

  test('have the job over the wait while it runs, and as it ran', () => {
    const ready = life({ executions: [provisioned], readyAt: 40_000, instances: [instance()] });
    const running = job({ status: 'in_progress', startedAt: 50_000 });

    expect(kinds(ready, running, now)[2]).toEqual(['job', 50_000, now]);
    expect(kinds(ready, { ...running, endedAt: 90_000 }, now)[2]).toEqual(['job', 50_000, 90_000]);
  });

  test('end with the clean-up, which goes on until nothing is left', () => {
    const ending = life({
      executions: [provisioned, execution({ role: 'ended', startedAt: 130_000 })],
      readyAt: 40_000,
      instances: [instance({ state: 'terminated', endedAt: 100_000 })],
    });
    const over = {
      ...ending,
      isOver: true,
      executions: [provisioned, execution({ role: 'ended', status: 'SUCCEEDED', stoppedAt: 200_000 })],
    };

    expect(kinds(ending, undefined, now).at(-1)).toEqual(['end', 100_000, now]);
    expect(kinds(over, undefined, now).at(-1)).toEqual(['end', 100_000, 200_000]);
  });

  test('have no wait when it failed before there was a machine', () => {
    const failed = life({
      status: 'failed',
      executions: [execution({ status: 'FAILED', stoppedAt: 9_000 })],
    });

    expect(kinds(failed, undefined, now)).toEqual([
      ['launch', 0, 9_000],
      ['end', 9_000, now],
    ]);
  });
});
