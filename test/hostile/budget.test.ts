import { afterEach, expect, test } from '@jest/globals';
import { loggedLines, metricsIn } from '../statemachine/logged-lines.ts';
import { createWorld, type World } from '../statemachine/world.ts';

let world: World;
afterEach(() => world.end());

const sweepSeconds = 300;

const hoursOf = ({ cloud }: World): number =>
  cloud.fleet.all.reduce(
    (sum, { launchedAt, endedAt }) =>
      sum + ((endedAt?.getTime() ?? Date.now()) - launchedAt.getTime()) / 3_600_000,
    0,
  );

test('runners that a stranger has live between two sweeps cost of the day’s budget all the same', async () => {
  const { entries, onLog } = loggedLines('Stint');
  world = await createWorld({ onLog });
  for (let round = 0; round < 4; round += 1) {
    const label = `rr_runner_stranger_${round}`;
    await world.post({ operation: 'create', label, architecture: 'x86_64' });
    await world.untilStatus(label, 'ready', 120);
    await world.post({ operation: 'destroy', label });
    await world.until(() => world.liveInstances().length === 0, 240);
    const sinceSweep = ((Date.now() - Date.parse('2026-03-01T10:00:00Z')) / 1_000) % sweepSeconds;
    await world.advance(sweepSeconds - sinceSweep + 2);
  }
  const counted = entries
    .flatMap(metricsIn)
    .filter(({ name }) => name === 'RunnerHours')
    .reduce((sum, { value }) => sum + Number(value), 0);
  expect(hoursOf(world)).toBeGreaterThan(0.1);
  expect(counted).toBeGreaterThanOrEqual(hoursOf(world));
});
