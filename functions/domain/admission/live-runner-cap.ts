import { Problem } from '../api/problem.ts';
import type { LiveRule } from './live-lives.ts';

/** A runner lives for an hour at most, and most for minutes. */
const capRetrySeconds = 60;

/** Refuses what would take the deployment over its cap on live runners. */
export const liveRunnerCap =
  (cap: number): LiveRule =>
  ({ newArchitectures: { length: newLives } }, { size: live }) =>
    live + newLives <= cap
      ? undefined
      : new Problem(
          'limit-reached',
          `${live} runners are live and ${newLives} more are asked for, of ${cap} that this deployment allows. ` +
            'Ask again when others have ended, or destroy runners that are not needed.',
          { rule: 'live-runner-cap', retryAfterSeconds: capRetrySeconds },
        );
