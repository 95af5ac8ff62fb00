import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CapReached } from '../../../functions/domain/errors.ts';
import { requireBelowCap } from '../../../functions/domain/launch/launch-cap.ts';
import type { Execution, Instance } from '../../../functions/domain/ports.ts';
import { instance, later } from '../../functions/fakes/life.ts';
import { provision } from '../../functions/fakes/lives.ts';

const running = (name: string, seconds: number): Execution => ({
  ...provision(name, 'RUNNING'),
  startedAt: later(seconds),
});
const machine = (life: string, state: Instance['state'] = 'running'): Instance => ({
  ...instance,
  id: `i-${life}`,
  life,
  state,
});

const own = running('own', 10);

const launch = (instances: readonly Instance[], provisions: readonly Execution[], of = own, cap = 2) =>
  requireBelowCap(
    { fleet: { live: async () => instances }, executions: { provisions: async () => provisions } },
    cap,
    of,
  );

describe('right before a launch', () => {
  test('two others that are there or began before are as many as a cap of two allows', async () => {
    await expect(launch([machine('a')], [running('b', 9), own])).rejects.toThrow(CapReached);
    await expect(launch([machine('a'), machine('b')], [own])).rejects.toThrow(
      /^2 other runners are live, of 2.*Run the workflow again/,
    );
  });

  test.each<[string, readonly Instance[], readonly Execution[]]>([
    ['its own instances of another round', [machine('own'), machine('a')], [own]],
    ['a life twice that runs and has an instance', [machine('a')], [running('a', 1), own]],
    ['what EC2 is ending', [machine('a', 'shutting-down'), machine('b', 'terminated')], [own]],
    ['lives that began later', [], [own, running('a', 11), running('b', 12), running('c', 13)]],
    [
      'lives that began later and already have an instance',
      [machine('a'), machine('b')],
      [own, running('a', 11), running('b', 12)],
    ],
  ])('does not count %s', async (_, instances, provisions) => {
    await expect(launch(instances, provisions)).resolves.toBeUndefined();
  });

  test('of lives that began at once, the same are before the others for everyone', async () => {
    const twins = ['a', 'b', 'c'].map((name) => running(name, 10));
    const outcomes = await Promise.all(
      twins.map((twin) =>
        launch([], twins, twin).then(
          () => twin.name,
          () => undefined,
        ),
      ),
    );
    expect(outcomes).toEqual(['a', 'b', undefined]);
  });

  test('a flood of any size and order passes no more than the cap, and none that was before it is refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.nat()),
        async (starts, cap, order) => {
          const lives = starts.map((seconds, index) => running(`life${index}`, seconds));
          const launched: Instance[] = [];
          const waiting = [...lives];
          while (waiting.length > 0) {
            const [next] = waiting.splice((order.next().value ?? 0) % waiting.length, 1);
            if (next === undefined) break;
            await launch(launched, lives, next, cap).then(
              () => launched.push(machine(next.name)),
              () => undefined,
            );
          }
          const first = lives.toSorted(
            (a, b) => a.startedAt.getTime() - b.startedAt.getTime() || (a.name < b.name ? -1 : 1),
          );
          expect(launched.map(({ life }) => life).sort()).toEqual(
            first
              .slice(0, cap)
              .map(({ name }) => name)
              .sort(),
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});
