import { describe, expect, test } from '@jest/globals';
import { attacksOf } from './attacks.ts';
import { drawWorld, livesPerWorld } from './draw-world.ts';
import { layers } from './layers.ts';
import { randomOf } from './random.ts';

const draw = (seed: number, firstLife = 0) =>
  drawWorld({ seed, firstLife, lives: livesPerWorld, without: [] });
const worlds = Array.from({ length: 200 }, (_, index) => draw(1, index * livesPerWorld));

describe('a seed', () => {
  test('gives the same numbers again, and another one others', () => {
    const numbers = (seed: string) => {
      const random = randomOf(seed);
      return Array.from({ length: 20 }, () => random.between(1, 1_000));
    };
    expect(numbers('a')).toEqual(numbers('a'));
    expect(numbers('a')).not.toEqual(numbers('b'));
  });

  test('gives the same world again, and another one another', () => {
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  test('gives worlds of which no fault attacks the layer that is kept', () => {
    for (const { lives, faults, keptLayer } of worlds) {
      const attacked = faults.flatMap((fault) => attacksOf(fault, lives));
      expect(attacked).not.toContain(keptLayer);
      if (keptLayer === 'shutdown') expect(lives.filter(({ job }) => job?.isHostile)).toEqual([]);
    }
  });

  test('gives worlds that between them keep each layer, and attack each', () => {
    expect(new Set(worlds.map(({ keptLayer }) => keptLayer))).toEqual(new Set(layers));
    expect(
      new Set(worlds.flatMap(({ lives, faults }) => faults.flatMap((f) => attacksOf(f, lives)))),
    ).toEqual(new Set(['schedule', 'sweep']));
    expect(worlds.some(({ lives }) => lives.some(({ job }) => job?.isHostile))).toBe(true);
  });

  test('gives some worlds without a fault, to see that runners get ready there', () => {
    const calm = worlds.filter(({ faults, injected }) => faults.length + injected.length === 0);
    expect(calm.length).toBeGreaterThan(5);
    expect(calm.length).toBeLessThan(60);
  });
});
