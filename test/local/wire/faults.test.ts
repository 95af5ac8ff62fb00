import { describe, expect, test } from '@jest/globals';
import { install } from '@sinonjs/fake-timers';
import { FaultPlan } from '../../../local/wire/faults.ts';

const call = { service: 'ec2', operation: 'RunInstances' };
const planWith = (fault: object) => {
  const plan = new FaultPlan();
  plan.add({ service: 'ec2', operation: 'RunInstances', error: 'InsufficientInstanceCapacity', ...fault });
  return plan;
};

describe('a fault plan', () => {
  test('strikes as often as the fault says, and then no more', () => {
    const plan = planWith({ times: 2 });

    const struck = [1, 2, 3].map(() => plan.take(call, {})?.error);

    expect(struck).toEqual(['InsufficientInstanceCapacity', 'InsufficientInstanceCapacity', undefined]);
    expect(plan.active).toEqual([]);
  });

  test('strikes once when the fault says neither how often nor how long', () => {
    const plan = planWith({});

    expect([plan.take(call, {}), plan.take(call, {})].map((fault) => fault !== undefined)).toEqual([
      true,
      false,
    ]);
  });

  test('strikes every call until its seconds are over', () => {
    const clock = install();
    try {
      const plan = planWith({ seconds: 120 });
      clock.tick(119_000);
      expect(plan.take(call, {})).toBeDefined();
      clock.tick(1_000);
      expect(plan.take(call, {})).toBeUndefined();
    } finally {
      clock.uninstall();
    }
  });

  test('strikes only the calls whose facts agree', () => {
    const plan = planWith({ where: { market: 'spot' } });

    expect(plan.take(call, { market: 'on-demand' })).toBeUndefined();
    expect(plan.take(call, { market: 'spot' })).toBeDefined();
  });

  test('strikes any operation of the service for "*", and no other service', () => {
    const plan = planWith({ operation: '*' });

    expect(plan.take({ service: 'states', operation: 'StartExecution' }, {})).toBeUndefined();
    expect(plan.take({ service: 'ec2', operation: 'DescribeInstances' }, {})).toBeDefined();
  });

  test('loses only the faults that agree, when it is told what to clear', () => {
    const plan = planWith({ where: { market: 'spot' } });
    plan.add({ ...call, error: 'InsufficientInstanceCapacity', where: { market: 'on-demand' } });
    plan.add({ service: 'github', operation: '*', error: '500' });

    plan.clear({ error: 'InsufficientInstanceCapacity', where: { market: 'spot' } });

    expect(plan.active.map(({ service, where }) => [service, where?.['market']])).toEqual([
      ['ec2', 'on-demand'],
      ['github', undefined],
    ]);
  });

  test('strikes no more once it is cleared', () => {
    const plan = planWith({ times: 9 });
    plan.clear();

    expect(plan.take(call, {})).toBeUndefined();
  });
});
