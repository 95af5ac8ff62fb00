import type { Stack } from '../../local/template/stack.ts';
import type { Finding } from './checker.ts';
import { runWorlds, type Task } from './pool.ts';
import { lifeNumber, type Progress } from './random-campaign.ts';
import { passes, planOf, type Repetition, repetitionWorlds } from './repetitions.ts';
import { type Report, Tally } from './report.ts';
import type { FaultTable } from './table.ts';

export interface ExhaustiveOutcome {
  readonly report: Report;
  readonly table: FaultTable;
  /** What the checker found, each with the repetition that it happened to. */
  readonly findings: readonly (Finding & { readonly repetition: Repetition })[];
}

const count = (table: Map<string, Map<string, number>>, { place, kind }: Repetition): void => {
  const row = table.get(place.what) ?? new Map<string, number>();
  row.set(kind, (row.get(kind) ?? 0) + 1);
  table.set(place.what, row);
};

const first = (world: readonly Repetition[]): Repetition => {
  const [repetition] = world;
  if (repetition === undefined) throw new Error('A world has at least one life');
  return repetition;
};

const taskOf = (world: readonly Repetition[]): Task => ({
  plan: planOf(first(world).baseline, world),
  mustGetReady: world.every(passes),
});

/** Repeats the baselines, each life with one fault at one place; of these lives one of so many. */
export const exhaustiveCampaign = async (
  stack: Stack,
  oneOf: number,
  onProgress: (progress: Progress) => void,
): Promise<ExhaustiveOutcome> => {
  const startedAt = performance.now();
  const worlds = await repetitionWorlds(stack, oneOf);
  const of = worlds.flat().length;
  const tally = new Tally();
  const table = new Map<string, Map<string, number>>();
  const findings: ExhaustiveOutcome['findings'][number][] = [];
  let done = 0;
  const worldOf = (number: number): readonly Repetition[] => worlds[number] ?? [];
  await runWorlds(
    stack,
    worlds.length,
    (number) => taskOf(worldOf(number)),
    (number, result) => {
      const world = worldOf(number);
      tally.add(result);
      for (const repetition of world) count(table, repetition);
      for (const found of result.findings)
        findings.push({ ...found, repetition: world[lifeNumber(found, 0)] ?? first(world) });
      done += world.length;
      onProgress({ done, of, found: findings.length });
    },
  );
  return { report: tally.report((performance.now() - startedAt) / 1_000), table, findings };
};
