import { expect, test } from '@jest/globals';
import type { Instance } from '../../../functions/domain/ports.ts';
import { estimatedCostUsd } from '../../../functions/domain/status/estimated-cost.ts';
import { deadline, instance, later, life } from '../../functions/fakes/life.ts';
import { provision } from '../../functions/fakes/lives.ts';

/** The fake's instance is launched ten seconds after the request. */
const costOf = (instances: readonly Instance[], seconds: number) =>
  estimatedCostUsd({
    life,
    provision: provision(life, 'RUNNING'),
    destroys: [],
    instances,
    deadline,
    now: later(seconds),
  });

const spot: Instance = { ...instance, spotPrice: 0.72 };
const { spotPrice: _, ...withoutPrice } = spot;
const lost: Instance = { ...spot, state: 'terminated', stateReason: 'Server.SpotInstanceTermination' };

test.each<[string, readonly Instance[], number, number | undefined]>([
  ['is the price of the seconds since the launch', [spot], 1_810, 0.36],
  ['is that of a minute at least', [spot], 15, 0.012],
  ['is that of all the machines that it has', [spot, { ...spot, id: 'i-2' }], 1_810, 0.72],
  ['is without a machine that EC2 took away', [lost, { ...spot, round: 2 }], 1_810, 0.36],
  ['is not known without a machine', [], 1_810, undefined],
  ['is not known once its machine has ended', [lost], 1_810, undefined],
  ['is not known without a price', [withoutPrice], 1_810, undefined],
  [
    'is not known when one of its machines has no price',
    [spot, { ...withoutPrice, id: 'i-2' }],
    1_810,
    undefined,
  ],
])('what a life costs %s', (__, instances, seconds, cost) => {
  expect(costOf(instances, seconds)).toBe(cost);
});
