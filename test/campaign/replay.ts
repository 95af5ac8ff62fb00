import type { Stack } from '../../local/template/stack.ts';
import { checkedWorld } from './checked-world.ts';
import { drawWorld, livesPerWorld } from './draw-world.ts';
import type { CampaignOptions } from './options.ts';
import type { WorldPlan } from './plan.ts';
import { type TimelineEntry, timelineLine } from './timeline.ts';
import { worldStart } from './world-record.ts';

/** The plan of the world in which a life of the campaign is. */
export const worldOfLife = ({ seed, lives, without }: CampaignOptions, life: number): WorldPlan => {
  const firstLife = life - (life % livesPerWorld);
  const whole = Math.max(lives, life + 1);
  return drawWorld({ seed, firstLife, lives: Math.min(livesPerWorld, whole - firstLife), without });
};

/** Whether an entry belongs on the timeline of a life: its own, and what is for all. */
const isOf = ({ life }: TimelineEntry, label: string): boolean =>
  life === undefined || life.startsWith(`${label}_`);

/** Replays the world of one life and prints what each party did to that life and when; gives the findings. */
export const replay = async (
  stack: Stack,
  options: CampaignOptions,
  life: number,
  print: (line: string) => void,
): Promise<number> => {
  const plan = worldOfLife(options, life);
  const own = plan.lives.find(({ index }) => index === life);
  const label = own?.label ?? '';
  print(`life ${life} of seed ${options.seed}: ${JSON.stringify(own)}`);
  print(`kept layer: ${plan.keptLayer ?? 'none'}; ${JSON.stringify(plan.circumstances)}`);
  const { findings, lives } = await checkedWorld({
    stack,
    plan,
    watch: (entry) => {
      if (isOf(entry, label)) print(timelineLine(entry, worldStart.getTime()));
    },
  });
  for (const checked of lives.filter((candidate) => candidate.life.startsWith(`${label}_`)))
    print(`${checked.life}: ${JSON.stringify(checked)}`);
  const found = findings.filter((finding) => finding.life.startsWith(`${label}_`));
  for (const { clause, life: name, text } of found) print(`FOUND ${clause}: ${name}: ${text}`);
  return found.length;
};
