import { drawFault, drawInjected } from './draw-faults.ts';
import { drawCalmLife, drawLife } from './draw-life.ts';
import { type Layer, layers } from './layers.ts';
import { type Circumstances, calm, type LifePlan, type PlannedFault, type WorldPlan } from './plan.ts';
import { type Random, randomOf } from './random.ts';

/** Lives that share a world; what happens to one can happen to its neighbours. */
export const livesPerWorld = 16;

/** How many worlds have nothing wrong with them, to see that lives without faults get ready. */
const calmShare = 0.1;

/** In how many of the other worlds the kept layer stands alone around every deadline. */
const siegeShare = 0.35;

/** Longer than any deadline of a world, and then a little. */
const siegeSeconds = 7_200;

/** The lives of a world are asked for within so long. */
const windowSeconds = 900;

/**
 * The layer that no fault attacks. The shutdown alone removes no registration: with a layer of the other two
 * taken away, the one that remains must be left alone.
 */
const drawKeptLayer = (random: Random, without: readonly Layer[]): Layer | undefined => {
  const remaining = layers.filter((layer) => !without.includes(layer));
  const enough = without.length === 1 ? remaining.filter((layer) => layer !== 'shutdown') : remaining;
  return enough.length === 0 ? undefined : random.pick(enough);
};

const drawCircumstances = (random: Random): Circumstances => ({
  ec2LagSeconds: random.pick([0, 2, 10, 60]),
  listLagSeconds: random.pick([0, 5, 60]),
  staleBusySeconds: random.pick([0, 45, 75]),
  bootSeconds: random.pick([20, 60, 300]),
  // Clocks are up to a minute apart.
  functionsAheadSeconds: random.pick([0, 0, random.between(-30, 30)]),
  machinesAheadSeconds: random.pick([0, 0, random.between(-30, 30)]),
  eventTrouble: random.pick([0, 0.1, 0.5]),
  doubleFiring: random.pick([0, 0.3]),
});

/** Neither of the other two layers does anything until long after the deadlines. */
const siege = (keptLayer: Layer | undefined): readonly PlannedFault[] =>
  (['schedule', 'sweep'] as const)
    .filter((layer) => layer !== keptLayer)
    .map((layer) => ({ type: 'silence', layer, from: 0, seconds: siegeSeconds }));

const drawTroubledWorld = (
  random: Random,
  lives: readonly LifePlan[],
  keptLayer: Layer | undefined,
  isSiege: boolean,
): Pick<WorldPlan, 'faults' | 'injected' | 'circumstances'> => ({
  faults: [
    ...(isSiege ? siege(keptLayer) : []),
    ...Array.from({ length: random.between(1, 3 * lives.length) }).flatMap(() =>
      drawFault(random, lives, keptLayer),
    ),
  ],
  injected: drawInjected(random),
  circumstances: drawCircumstances(random),
});

const calmWorld = { faults: [], injected: [], circumstances: calm } as const;

export interface DrawWorldOptions {
  readonly seed: number;
  /** The number of its first life; the others follow it. */
  readonly firstLife: number;
  readonly lives: number;
  readonly without: readonly Layer[];
}

/** A world of the random campaign. The same options give the same world. */
export const drawWorld = ({ seed, firstLife, lives: count, without }: DrawWorldOptions): WorldPlan => {
  const worldSeed = `${seed}/${firstLife}`;
  const random = randomOf(worldSeed);
  const isCalm = random.chance(calmShare);
  const kept = drawKeptLayer(random, without);
  const isSiege = random.chance(siegeShare);
  const hostility = kept === 'shutdown' ? 0 : isSiege ? 0.5 : 0.1;
  const draw = (index: number): LifePlan =>
    isCalm ? drawCalmLife(random, index, windowSeconds) : drawLife(random, index, windowSeconds, hostility);
  const lives = Array.from({ length: count }, (_, index) => draw(firstLife + index));
  return {
    seed: worldSeed,
    lives,
    ...(isCalm ? calmWorld : drawTroubledWorld(random, lives, kept, isSiege)),
    without,
    ...(kept === undefined ? {} : { keptLayer: kept }),
    hasBystanders: random.chance(0.5),
  };
};
