import { afterEach, describe, expect, test } from '@jest/globals';
import { createVerifiedWorld, type VerifiedWorld } from '../statemachine/verified-world.ts';
import { floods, jobInFlood, liveThroughFlood, pourAll, type RunInFlood } from './lasting-flood.ts';

/** `FLOOD_MINUTES=60 npm test -- lasting-flood` is the whole hour; the test run has no time for five of them. */
const minutes = Number(process.env['FLOOD_MINUTES'] ?? 2);

/** So often a run begins. */
const everyMinutes = 1;

let world: VerifiedWorld | undefined;
afterEach(() => world?.end());

describe('a stranger’s flood', () => {
  test.each(Object.entries(floods))(
    '%s keeps no run from its runner, no destroy from its end, and no machine up',
    async (_, streams) => {
      world = await createVerifiedWorld();
      const { cloud, advance } = world;
      void pourAll(cloud, streams, minutes);
      const runs: Promise<RunInFlood>[] = [];
      for (let minute = 0; minute < minutes; minute += everyMinutes) {
        runs.push(liveThroughFlood(cloud, 5_000 + minute));
        await advance(everyMinutes * 60);
      }
      await advance(900);
      for (const run of await Promise.all(runs))
        expect(run).toMatchObject({
          created: { status: 202 },
          destroyed: { status: 202 },
          conclusion: 'success',
        });
      await world.untilNothingIsLeft(1_800);
    },
    minutes * 120_000,
  );

  test.each([
    ['with a webhook', { webhook: {} }],
    ['without one', {}],
  ])(
    'at every route delays no queued job’s machine by more than the minute of the queue look, %s',
    async (_, options) => {
      world = await createVerifiedWorld(options);
      const { cloud, advance } = world;
      void pourAll(cloud, floods['of all of these together'] ?? [], minutes);
      const jobs: Promise<number | undefined>[] = [];
      for (let minute = 0; minute < minutes; minute += everyMinutes) {
        jobs.push(jobInFlood(cloud, 6_000 + minute));
        await advance(everyMinutes * 60);
      }
      await advance(900);
      // The look's minute, half a minute of boot, the poll, and the job's own half minute.
      for (const tookSeconds of await Promise.all(jobs)) expect(tookSeconds).toBeLessThan(180);
      await world.untilNothingIsLeft(1_800);
    },
    minutes * 120_000,
  );
});
