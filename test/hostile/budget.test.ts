import { afterEach, expect, test } from '@jest/globals';
import { defaults } from '../../infra/config-fields.ts';
import type { FakeInstance } from '../../local/aws/ec2/state.ts';
import { loggedLines, metricsIn } from '../statemachine/logged-lines.ts';
import { createWorld, type World } from '../statemachine/world.ts';
import { mostRunnerHoursADay } from './cost-bound.ts';

let world: World;
afterEach(() => world.end());

const sweepSeconds = 300;

/** The hours of every instance that there ever was, also when EC2 has forgotten it. */
const watchedHours = () => {
  const instances = new Set<FakeInstance>();
  return {
    onInstance: (instance: FakeInstance): void => void instances.add(instance),
    hours: () =>
      [...instances].reduce(
        (sum, { launchedAt, endedAt }) =>
          sum + ((endedAt?.getTime() ?? Date.now()) - launchedAt.getTime()) / 3_600_000,
        0,
      ),
  };
};

test('runners that a stranger has live between two sweeps cost of the day’s budget all the same', async () => {
  const { entries, onLog } = loggedLines('Stint');
  const { onInstance, hours } = watchedHours();
  world = await createWorld({ onLog, watcher: { onInstance } });
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
  expect(hours()).toBeGreaterThan(0.1);
  expect(counted).toBeGreaterThanOrEqual(hours());
});

test('a stranger who asks all day long costs no more than the documents say', async () => {
  const { onInstance, hours } = watchedHours();
  world = await createWorld({ watcher: { onInstance } });
  const minutes = 24 * 60;
  for (let asked = 0; asked < minutes / 3; asked += 1) {
    await world.post({
      operation: 'create',
      label: `rr_runner_stranger_${asked}`,
      architectures: ['x86_64', 'arm64'],
    });
    await world.advance(180);
  }
  expect(hours()).toBeGreaterThanOrEqual(defaults.runnerHoursPerDay);
  expect(hours()).toBeLessThanOrEqual(mostRunnerHoursADay(defaults));
}, 120_000);
