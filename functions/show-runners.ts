import { invalidRequest, Problem } from './domain/api/problem.ts';
import { type Architecture, architectures } from './domain/architecture.ts';
import { labelProblem } from './domain/label.ts';
import type { LifePorts } from './domain/life/life-reading.ts';
import { newestLife } from './domain/life/life-search.ts';
import { isOnItsWay, lifeStatus } from './domain/status/life-status.ts';
import { shownRunner } from './domain/status/shown-runner.ts';
import { type UsualTime, usualTime } from './domain/status/usual-time.ts';
import { http, jsonAnswer, type Respond } from './runtime/http.ts';
import { lambda } from './runtime/lambda.ts';
import { lifePorts } from './runtime/lives.ts';
import { readsItems } from './runtime/table.ts';

export interface ShowRunnersPorts extends LifePorts {
  readonly usual: UsualTime;
}

/** What is usual is asked only for a runner that somebody waits for. */
const shown = async (ports: ShowRunnersPorts, label: string, architecture: Architecture) => {
  const newest = await newestLife(ports, label, architecture);
  if (newest === undefined) return undefined;
  const isWaitedFor = isOnItsWay(lifeStatus(newest.reading));
  return shownRunner(newest.reading, isWaitedFor ? await ports.usual(architecture) : undefined);
};

/** Shows each architecture's newest life of a label. GitHub is never asked. Throws a Problem. */
export const showRunners =
  (ports: ShowRunnersPorts, labelPrefix: string): Respond =>
  async ({ parameters: { label = '' } }) => {
    const problem = labelProblem(label, labelPrefix);
    if (problem !== undefined) throw invalidRequest([{ field: 'label', detail: problem }]);
    const found = await Promise.all(architectures.map((architecture) => shown(ports, label, architecture)));
    const runners = found.filter((runner) => runner !== undefined);
    if (runners.length === 0)
      throw new Problem(
        'not-found',
        `No runner was ever asked for by the label ${label}. Ask for one with POST /runners.`,
      );
    return jsonAnswer(200, { label, runners });
  };

export const assemble = http((runtime) => {
  const { labelPrefix } = runtime.settings('labelPrefix');
  const usual = usualTime(readsItems(runtime), runtime.clock);
  return showRunners({ ...lifePorts(runtime), usual }, labelPrefix);
});

export const handler = lambda(assemble);
