import type { Stack } from '../../local/template/stack.ts';
import type { Finding } from './checker.ts';
import { drawWorld, livesPerWorld } from './draw-world.ts';
import type { CampaignOptions } from './options.ts';
import { runWorlds } from './pool.ts';
import { type Report, Tally } from './report.ts';

export interface Progress {
  readonly done: number;
  readonly of: number;
  readonly found: number;
}

export interface CampaignOutcome {
  readonly report: Report;
  /** What the checker found, each with the number of a life by which its world can be replayed. */
  readonly findings: readonly (Finding & { readonly replay: number })[];
}

/** A finding's life by its number, which is in its label; a bystander's is its world's first. */
export const lifeNumber = ({ life }: Finding, firstLife: number): number =>
  Number(/^rr_runner_(\d+)_/.exec(life)?.[1] ?? firstLife);

/** Runs so many lives, drawn from the seed. */
export const randomCampaign = async (
  stack: Stack,
  { lives, seed, without }: CampaignOptions,
  onProgress: (progress: Progress) => void,
): Promise<CampaignOutcome> => {
  const startedAt = performance.now();
  const tally = new Tally();
  const findings: (Finding & { replay: number })[] = [];
  let done = 0;
  const first = (number: number): number => number * livesPerWorld;
  const countOf = (number: number): number => Math.min(livesPerWorld, lives - first(number));
  await runWorlds(
    stack,
    Math.ceil(lives / livesPerWorld),
    (number) => ({ plan: drawWorld({ seed, firstLife: first(number), lives: countOf(number), without }) }),
    (number, result) => {
      tally.add(result);
      findings.push(
        ...result.findings.map((found) => ({ ...found, replay: lifeNumber(found, first(number)) })),
      );
      done += countOf(number);
      onProgress({ done, of: lives, found: findings.length });
    },
  );
  return { report: tally.report((performance.now() - startedAt) / 1_000), findings };
};
