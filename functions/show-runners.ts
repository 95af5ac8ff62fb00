import { architectures } from './domain/architecture.ts';
import { labelProblem } from './domain/label.ts';
import type { LifePorts } from './domain/life-reading.ts';
import { newestLife } from './domain/life-search.ts';
import { invalidRequest, Problem } from './domain/problem.ts';
import { shownRunner } from './domain/shown-runner.ts';
import { http, jsonAnswer, type Respond } from './runtime/http.ts';
import { lambda } from './runtime/lambda.ts';
import { livesOf } from './runtime/lives.ts';

/** Shows each architecture's newest life of a label. GitHub is never asked. Throws a Problem. */
export const showRunners =
  (ports: LifePorts, labelPrefix: string): Respond =>
  async ({ parameters: { label = '' } }) => {
    const problem = labelProblem(label, labelPrefix);
    if (problem !== undefined) throw invalidRequest([{ field: 'label', detail: problem }]);
    const found = await Promise.all(
      architectures.map((architecture) => newestLife(ports, label, architecture)),
    );
    const runners = found.flatMap((newest) => (newest === undefined ? [] : [shownRunner(newest.reading)]));
    if (runners.length === 0)
      throw new Problem(
        'not-found',
        `No runner was ever asked for by the label ${label}. Ask for one with POST /runners.`,
      );
    return jsonAnswer(200, { label, runners });
  };

export const assemble = http((runtime) =>
  showRunners(livesOf(runtime), runtime.settings('labelPrefix').labelPrefix),
);

export const handler = lambda(assemble);
