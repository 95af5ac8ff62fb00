import { Problem } from '../api/problem.ts';
import type { Architecture } from '../architecture.ts';
import type { CreateRequest } from '../request/runner-request.ts';
import { parseRunLabel } from './run-label.ts';
import type { SeatPool } from './seats.ts';

const quotaRetrySeconds = 60;

/**
 * A run's own places in a class, over all its attempts: `quota` live runners of the architecture, and one more for the label
 * without a suffix, which is the run's own. Whoever knows a public run's number can ask for others in its name, but
 * never in its place (docs/adr/0019). `undefined` for a label of no run.
 */
export const runPool = (
  { label, class: name }: Pick<CreateRequest, 'label' | 'class'>,
  architecture: Architecture,
  quota: number,
  prefix: string,
): SeatPool | undefined => {
  const named = parseRunLabel(label, prefix);
  if (named === undefined) return undefined;
  return {
    name: `run#${named.runId}#${architecture}${name === undefined ? '' : `#${name}`}`,
    seats: quota + 1,
    from: named.suffix === undefined ? 0 : 1,
    refusal: () =>
      new Problem(
        'limit-reached',
        `Run ${named.runId} has its ${quota} live runners for ${architecture}${name === undefined ? '' : ` of class "${name}"`}, over all its attempts, and no more are ` +
          'given to one run. Use one that it has, or ask again when one has ended.',
        { rule: 'run-quota', retryAfterSeconds: quotaRetrySeconds },
      ),
  };
};
