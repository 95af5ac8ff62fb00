import { afterEach, describe, expect, test } from '@jest/globals';
import { createVerifiedWorld, type VerifiedWorld } from '../statemachine/verified-world.ts';
import { floods, liveThroughFlood, pourAll, type RunInFlood } from './lasting-flood.ts';

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
});
