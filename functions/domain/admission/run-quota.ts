import { Problem } from '../api/problem.ts';
import type { Architecture } from '../architecture.ts';
import { parseLifeName } from '../life/life.ts';
import type { LiveRule } from './live-lives.ts';
import { parseRunLabel, type RunLabel } from './run-label.ts';

const quotaRetrySeconds = 60;

/** How many of the lives are the attempt's and the architecture's. */
const livesOf = (
  { runId, attempt }: RunLabel,
  architecture: Architecture,
  live: ReadonlySet<string>,
  prefix: string,
): number =>
  [...live].filter((name) => {
    const life = parseLifeName(name);
    const other = life?.architecture === architecture ? parseRunLabel(life.label, prefix) : undefined;
    return other?.runId === runId && other.attempt === attempt;
  }).length;

const refusal = ({ runId, attempt }: RunLabel, architecture: Architecture, quota: number): Problem =>
  new Problem(
    'limit-reached',
    `Run ${runId} attempt ${attempt} has its ${quota} live runners for ${architecture}, and no more are given to one ` +
      'run. Use one that it has, or ask again when one has ended.',
    { rule: 'run-quota', retryAfterSeconds: quotaRetrySeconds },
  );

/**
 * Refuses a label with a suffix when the attempt has `quota` live runners of the architecture already. The label
 * without one is the run's own and is never refused here, for only one runner of it lives at a time: whoever
 * knows a public run's number can ask for others in its name, but never in its place (docs/adr/0019).
 */
export const runQuota =
  (quota: number, prefix: string): LiveRule =>
  ({ label, newArchitectures }, live) => {
    const named = parseRunLabel(label, prefix);
    if (named?.suffix === undefined) return undefined;
    const full = newArchitectures.find((architecture) => livesOf(named, architecture, live, prefix) >= quota);
    return full === undefined ? undefined : refusal(named, full, quota);
  };
