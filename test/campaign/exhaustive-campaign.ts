import type { Stack } from '../../local/template/stack.ts';
import { type Baseline, baselines } from './baselines.ts';
import type { Finding } from './judge.ts';
import { judgedWorld, type WorldResult } from './judged-world.ts';
import { lambdaFaultKinds } from './lambda-faults.ts';
import type { PlannedFault, WorldPlan } from './plan.ts';
import { runWorlds } from './pool.ts';
import type { Progress } from './random-campaign.ts';
import { type Report, Tally } from './report.ts';
import type { FaultTable } from './table.ts';
import { wireFaultKinds } from './wire-faults.ts';

/** A call or an invocation of a baseline life, by its place among those that are alike. */
interface Place {
  readonly type: 'wire' | 'lambda';
  /** `ec2 RunInstances`, or a function's stem. */
  readonly what: string;
  /** How many of its like came before it. */
  readonly nth: number;
}

/** A life of the exhaustive campaign: a baseline, a place in it, and what goes wrong there. */
export interface Repetition {
  readonly baseline: Baseline;
  readonly place: Place;
  readonly kind: string;
}

/** A repetition in words. */
export const repetitionName = ({ baseline, place, kind }: Repetition): string =>
  `${baseline.path}: ${place.what} #${place.nth + 1}, ${kind}`;

/** Both tries of the SDK fail, so that the function has to deal with it. */
const wireStrikes = 2;

const faultOf = ({ place, kind }: Repetition): PlannedFault => {
  const { nth } = place;
  if (place.type === 'lambda')
    return { type: 'lambda', kind: kind as never, stem: place.what, from: 0, after: nth, strikes: 1 };
  const [service = '', operation = ''] = place.what.split(' ');
  return { type: 'wire', kind: kind as never, service, operation, from: 0, after: nth, strikes: wireStrikes };
};

const planOf = (repetition: Repetition): WorldPlan => ({
  ...repetition.baseline.plan,
  faults: [faultOf(repetition)],
});

/** The status endpoint is only asked at the end, by the judge. */
const isByJudge = (caller: string): boolean => /show-runners/i.test(caller);

/** Runs the baseline as it is, and lists its calls and invocations. */
const placesOf = async (stack: Stack, { plan, path }: Baseline): Promise<readonly Place[]> => {
  const counts = new Map<string, number>();
  const places: Place[] = [];
  const note = (type: Place['type'], what: string): void => {
    const nth = counts.get(`${type} ${what}`) ?? 0;
    counts.set(`${type} ${what}`, nth + 1);
    places.push({ type, what, nth });
  };
  const { findings } = await judgedWorld({
    stack,
    plan,
    onCall: ({ call }) => {
      if (!isByJudge(call.caller)) note('wire', `${call.service} ${call.operation}`);
    },
    onInvocation: (stem) => {
      if (!isByJudge(stem)) note('lambda', stem);
    },
  });
  if (findings.length > 0) throw new Error(`The baseline "${path}" is not clean: ${findings[0]?.text}`);
  return places;
};

const kindsOf = ({ type }: Place): readonly string[] => (type === 'wire' ? wireFaultKinds : lambdaFaultKinds);

/** Every repetition there is, or every `step`-th of each path. */
const repetitionsOf = async (stack: Stack, step: number): Promise<readonly Repetition[]> => {
  const all: Repetition[] = [];
  for (const baseline of baselines) {
    const places = await placesOf(stack, baseline);
    const own = places.flatMap((place) => kindsOf(place).map((kind) => ({ baseline, place, kind })));
    all.push(...own.filter((_, index) => index % step === 0));
  }
  return all;
};

export interface ExhaustiveOutcome {
  readonly report: Report;
  /** How many lives met each kind of fault at each call. */
  readonly table: FaultTable;
  readonly findings: readonly (Finding & { readonly repetition: Repetition })[];
}

/** A refusal is for good, as far as the caller can know: any other fault passes, and the runner gets ready. */
const passes = ({ kind }: Repetition): boolean => kind !== 'refused';

const count = (table: Map<string, Map<string, number>>, { place, kind }: Repetition): void => {
  const row = table.get(place.what) ?? new Map<string, number>();
  row.set(kind, (row.get(kind) ?? 0) + 1);
  table.set(place.what, row);
};

/** Repeats the baselines, each life with one fault at one place. `step` leaves repetitions out, evenly. */
export const exhaustiveCampaign = async (
  stack: Stack,
  step: number,
  onProgress: (progress: Progress) => void,
): Promise<ExhaustiveOutcome> => {
  const startedAt = performance.now();
  const repetitions = await repetitionsOf(stack, step);
  const tally = new Tally();
  const table = new Map<string, Map<string, number>>();
  const findings: ExhaustiveOutcome['findings'][number][] = [];
  let done = 0;
  const repetitionOf = (number: number): Repetition => {
    const repetition = repetitions[number];
    if (repetition === undefined) throw new Error(`There is no repetition ${number}`);
    return repetition;
  };
  const take = (repetition: Repetition, result: WorldResult): void => {
    tally.add(result);
    count(table, repetition);
    findings.push(...result.findings.map((found) => ({ ...found, repetition })));
    done += 1;
    onProgress({ done, of: repetitions.length, found: findings.length });
  };
  await runWorlds(
    stack,
    repetitions.length,
    (number) => {
      const repetition = repetitionOf(number);
      return { plan: planOf(repetition), mustGetReady: passes(repetition) };
    },
    (number, result) => take(repetitionOf(number), result),
  );
  return { report: tally.report((performance.now() - startedAt) / 1_000), table, findings };
};
