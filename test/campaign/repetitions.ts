import { runningInvocation } from '../../local/aws/lambda/invocation.ts';
import type { Stack } from '../../local/template/stack.ts';
import { type Baseline, baselines, repeatable } from './baselines.ts';
import { checkedWorld } from './checked-world.ts';
import { type LambdaFaultKind, lambdaFaultKinds } from './lambda-faults.ts';
import { type Invocation, type Place, withoutLike } from './places.ts';
import type { LifePlan, PlannedFault, WorldPlan } from './plan.ts';
import { notFoundSeconds, type WireFaultKind, wireFaultKinds } from './wire-faults.ts';

/** A life of the exhaustive campaign: a baseline, a place in it, and what goes wrong there. */
export interface Repetition {
  readonly baseline: Baseline;
  readonly place: Place;
  readonly kind: string;
}

/** A repetition in words. */
export const repetitionName = ({ baseline, place, kind }: Repetition): string =>
  `${baseline.path}: ${place.what} #${place.nth + 1}${place.isOwn ? '' : ' of all'}, ${kind}`;

/** A refusal is for good, as far as its caller can know. Any other fault passes, and the runner gets ready. */
export const passes = ({ kind }: Repetition): boolean => kind !== 'refused';

const lifeOf = ({ life }: Baseline, index: number): LifePlan => ({
  ...life,
  index,
  label: `rr_runner_${index}`,
  architecture: 'x86_64',
  at: index * 2,
});

const worldOf = (
  { path, injected }: Baseline,
  lives: readonly LifePlan[],
  faults: readonly PlannedFault[],
): WorldPlan => ({
  seed: `exhaustive/${path}`,
  lives,
  faults,
  injected,
  circumstances: repeatable,
  without: [],
  hasBystanders: false,
});

/** Both tries of the SDK fail, so that the function has to deal with it. */
const wireStrikes = 2;

const faultOf = ({ place, kind }: Repetition, life: string): PlannedFault => {
  const common = { from: 0, after: place.nth, ...(place.isOwn ? { life } : {}) };
  if (place.type === 'lambda')
    return { type: 'lambda', kind: kind as LambdaFaultKind, stem: place.what, strikes: 1, ...common };
  const [service = '', operation = ''] = place.what.split(' ');
  const lasting = kind === 'not-found' ? { lastsSeconds: notFoundSeconds } : { strikes: wireStrikes };
  return { type: 'wire', kind: kind as WireFaultKind, service, operation, ...lasting, ...common };
};

/** The world of repetitions of one baseline; the n-th of them is life n. */
export const planOf = (baseline: Baseline, repetitions: readonly Repetition[]): WorldPlan => {
  const lives = repetitions.map((_, index) => lifeOf(baseline, index));
  const faults = repetitions.map((repetition, index) =>
    faultOf(repetition, `${lives[index]?.label}_x86_64-1`),
  );
  return worldOf(baseline, lives, faults);
};

/** The status endpoint is only asked at the end, by the checker. */
const isByJudge = (caller: string): boolean => /show-runners/i.test(caller);

/**
 * A sweep that finds nothing to do differs from the one before it in nothing but the time: of a long life the
 * first one is disturbed, and those from its deadline on.
 */
const isToldApart = (sinceStartMs: number): boolean => sinceStartMs < 320_000 || sinceStartMs > 3_590_000;

/** Runs a baseline as it is, and lists its calls and invocations. Throws when it is not clean. */
const placesOf = async (stack: Stack, baseline: Baseline): Promise<readonly Place[]> => {
  const stems = new Map(stack.functions.map(({ name, stem }) => [name, stem]));
  const own = new Map<string, number>();
  const all = new Map<string, number>();
  const places: Place[] = [];
  const invocations = new Map<string, Invocation>();
  let startedAt: number | undefined;
  const next = (counts: Map<string, number>, key: string): number => {
    const nth = counts.get(key) ?? 0;
    counts.set(key, nth + 1);
    return nth;
  };
  const invoke = (stem: string): void => {
    invocations.set(stem, { stem, nth: (invocations.get(stem)?.nth ?? -1) + 1 });
  };
  const note = (type: Place['type'], what: string, life: string | undefined, stem: string): void => {
    const invocation = invocations.get(stem) ?? { stem, nth: 0 };
    startedAt ??= Date.now();
    const overall = next(all, `${type} ${what}`);
    if (life !== undefined)
      places.push({ type, what, nth: next(own, `${type} ${what}`), invocation, isOwn: true });
    else if (isToldApart(Date.now() - startedAt))
      places.push({ type, what, nth: overall, invocation, isOwn: false });
  };
  const { findings } = await checkedWorld({
    stack,
    plan: worldOf(baseline, [lifeOf(baseline, 0)], []),
    mustGetReady: true,
    onCall: ({ call }, life) => {
      const stem = stems.get(runningInvocation()?.name ?? '') ?? call.caller;
      if (!isByJudge(call.caller)) note('wire', `${call.service} ${call.operation}`, life, stem);
    },
    onInvocation: (stem, life) => {
      invoke(stem);
      if (!isByJudge(stem)) note('lambda', stem, life, stem);
    },
  });
  const [first] = findings;
  if (first !== undefined) throw new Error(`The baseline "${baseline.path}" is not clean: ${first.text}`);
  return places;
};

const kindsOf = ({ type }: Place): readonly string[] => (type === 'wire' ? wireFaultKinds : lambdaFaultKinds);

/** How many repetitions share a world; each meets its own fault, and its neighbours' do not touch it. */
const perWorld = 16;

const isSame = (a: Place | undefined, b: Place): boolean =>
  a?.type === b.type && a.what === b.what && a.nth === b.nth && a.isOwn === b.isOwn;

/**
 * The places of a path from where it parts from the first one. What comes before is the same for all of them;
 * it is disturbed on the first path, and once more on the last, where nobody ends the life before its deadline.
 */
const afterParting = (places: readonly Place[], first: readonly Place[]): readonly Place[] => {
  const own = places.filter(({ isOwn }) => isOwn);
  const ofFirst = first.filter(({ isOwn }) => isOwn);
  const parting = own.findIndex((place, index) => !isSame(ofFirst[index], place));
  return own.slice(Math.max(0, parting));
};

const inGroups = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** The sweep is disturbed on the last path, which is the longest. */
const ownPlaces = (isFirst: boolean, places: readonly Place[], first: readonly Place[]): readonly Place[] =>
  withoutLike(isFirst ? places.filter(({ isOwn }) => isOwn) : afterParting(places, first));

const wholePlaces = (places: readonly Place[]): readonly Place[] => [
  ...withoutLike(places.filter(({ isOwn }) => isOwn)),
  ...places.filter(({ isOwn }) => !isOwn),
];

/**
 * The repetitions, or one of so many of them, in the worlds in which they are run: one baseline each, and all pass
 * or none.
 */
export const repetitionWorlds = async (
  stack: Stack,
  oneOf: number,
): Promise<readonly (readonly Repetition[])[]> => {
  const worlds: (readonly Repetition[])[] = [];
  const [firstBaseline, lastBaseline] = [baselines[0], baselines.at(-1)];
  const first = firstBaseline === undefined ? [] : await placesOf(stack, firstBaseline);
  for (const baseline of baselines) {
    const recorded = baseline === firstBaseline ? first : await placesOf(stack, baseline);
    const isWhole = baseline === lastBaseline;
    const places = isWhole ? wholePlaces(recorded) : ownPlaces(baseline === firstBaseline, recorded, first);
    const every = places.flatMap((place) => kindsOf(place).map((kind) => ({ baseline, place, kind })));
    const all = every.filter((_, index) => index % oneOf === 0);
    const own = all.filter(({ place }) => place.isOwn);
    worlds.push(
      ...inGroups(own.filter(passes), perWorld),
      ...inGroups(
        own.filter((repetition) => !passes(repetition)),
        perWorld,
      ),
      ...inGroups(
        all.filter(({ place }) => !place.isOwn),
        1,
      ),
    );
  }
  return worlds;
};
