import { expect, test } from '@jest/globals';
import type { LifeItem } from '../../../functions/domain/life/life-item.ts';
import { estimatedCostUsd } from '../../../functions/domain/status/estimated-cost.ts';
import { later, life } from '../../functions/fakes/life.ts';
import { lifeItem } from '../../functions/fakes/lives.ts';

const spot = { spotPrice: 0.72, launchedAt: later(10).toISOString() };

test.each<[string, LifeItem, number, number | undefined]>([
  ['is the price of the seconds since the launch', lifeItem(life, 'ready', spot), 1_810, 0.36],
  ['is that of a minute at least', lifeItem(life, 'booting', spot), 15, 0.012],
  ['is not known without a machine', lifeItem(life, 'launching'), 1_810, undefined],
  ['is not known once its machine is ended', lifeItem(life, 'destroying', spot), 1_810, undefined],
  [
    'is not known without a price',
    lifeItem(life, 'ready', { launchedAt: spot.launchedAt }),
    1_810,
    undefined,
  ],
])('what a life costs %s', (_, item, seconds, cost) => {
  expect(estimatedCostUsd(item, later(seconds))).toBe(cost);
});
