import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readLife } from '../../../functions/domain/life/life-reading.ts';
import { newestLife } from '../../../functions/domain/life/life-search.ts';
import { instance, life } from '../../functions/fakes/life.ts';
import { destroy, fakeLives, provision } from '../../functions/fakes/lives.ts';

const label = 'rr_runner_1f';
const lifeOf = (n: number): string => `${label}_x86_64-${n}`;

describe('the newest life of a label', () => {
  test('is the last one, found in a few calls however many there are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 999 }), async (count) => {
        const past = Array.from({ length: count - 1 }, (_, index) => provision(lifeOf(index + 1), 'FAILED'));
        const { ports, calls } = fakeLives({ provisions: [...past, provision(lifeOf(count), 'RUNNING')] });
        expect((await newestLife(ports, label, 'x86_64'))?.n).toBe(count);
        expect(calls.length).toBeLessThan(35);
      }),
      { numRuns: 60, examples: [[1], [2], [998], [999]] },
    );
  });

  test('is not searched for while the first is not past', async () => {
    const { ports, calls } = fakeLives({ provisions: [provision(life, 'SUCCEEDED')], instances: [instance] });
    expect((await newestLife(ports, label, 'x86_64'))?.reading.life).toBe(life);
    expect(calls).not.toContain(`describe ${lifeOf(2)}`);
  });

  test('is none when nobody has asked for one', async () => {
    const { ports, calls } = fakeLives();
    expect(await newestLife(ports, label, 'arm64')).toBeUndefined();
    expect(calls).toEqual([`describe ${label}_arm64-1`]);
  });

  test('is of its own architecture and label only', async () => {
    const { ports } = fakeLives({
      provisions: [provision(`${label}_arm64-1`, 'RUNNING'), provision(`${label}2_x86_64-1`, 'RUNNING')],
    });
    expect(await newestLife(ports, label, 'x86_64')).toBeUndefined();
  });
});

describe('what is read of a life', () => {
  test.each([
    ['running', 'RUNNING', 100, ['asked']],
    ['running past its deadline', 'RUNNING', 3_600, ['asked', 'sweep', 'deadline']],
    ['ready', 'SUCCEEDED', 100, ['asked', 'ended', 'sweep']],
    ['ready past its deadline', 'SUCCEEDED', 3_601, ['asked', 'ended', 'sweep', 'deadline']],
    ['failed', 'FAILED', 100, ['asked', 'failed', 'sweep']],
  ] as const)('%s: only the destroys that there can be', async (_, status, seconds, reasons) => {
    const { ports, calls } = fakeLives({ provisions: [provision(life, status)], seconds });
    await readLife(ports, life);
    expect(calls.filter((call) => /-1-/.test(call))).toEqual(
      reasons.map((reason) => `describe ${life}-${reason}-1`),
    );
  });

  test('of several destroys for one reason the one that runs or has succeeded, else the last', async () => {
    const destroys = [
      destroy(`${life}-asked-1`, 'FAILED'),
      destroy(`${life}-sweep-1`, 'TIMED_OUT'),
      destroy(`${life}-sweep-2`, 'ABORTED'),
      destroy(`${life}-sweep-3`, 'RUNNING'),
    ];
    const { ports } = fakeLives({ provisions: [provision(life, 'SUCCEEDED')], destroys });
    const reading = await readLife(ports, life);
    expect(reading?.destroys.map(({ name }) => name)).toEqual([`${life}-asked-1`, `${life}-sweep-3`]);
  });

  test('of a life without an input of ours every destroy that there can be', async () => {
    const { ports, calls } = fakeLives({
      provisions: [provision(life, 'RUNNING', { input: 'typed by hand' })],
    });
    expect(await readLife(ports, life)).not.toHaveProperty('deadline');
    expect(calls).toContain(`describe ${life}-deadline-1`);
  });
});
