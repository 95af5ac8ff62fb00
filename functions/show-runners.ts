import { invalidRequest, Problem } from './domain/api/problem.ts';
import { architectures } from './domain/architecture.ts';
import { labelProblem } from './domain/label.ts';
import { isOnItsWay, type LifeItem, lifePk, readLifeItem, statusAt } from './domain/life/life-item.ts';
import type { Clock } from './domain/ports.ts';
import { shownLife } from './domain/status/shown-life.ts';
import { type UsualTime, usualTime } from './domain/status/usual-time.ts';
import type { ItemLister } from './domain/table.ts';
import { http, jsonAnswer, type Respond } from './runtime/http.ts';
import { lambda } from './runtime/lambda.ts';
import { listsItems, readsItems } from './runtime/table.ts';

export interface ShowRunnersPorts {
  readonly table: ItemLister;
  readonly usual: UsualTime;
  readonly clock: Clock;
}

const byArchitecture = (a: LifeItem, b: LifeItem): number =>
  architectures.indexOf(a.architecture) - architectures.indexOf(b.architecture);

/** What is usual is asked only for a runner that somebody waits for. */
const shown = async ({ usual, clock }: ShowRunnersPorts, item: LifeItem) => {
  const now = clock();
  const isWaitedFor = isOnItsWay(statusAt(item, now));
  return shownLife(item, now, isWaitedFor ? await usual(item.architecture) : undefined);
};

/** Shows each architecture's newest life of a label by one read of the table: nobody else is asked. Throws a Problem. */
export const showRunners =
  (ports: ShowRunnersPorts, labelPrefix: string): Respond =>
  async ({ parameters: { label = '' } }) => {
    const problem = labelProblem(label, labelPrefix);
    if (problem !== undefined) throw invalidRequest([{ field: 'label', detail: problem }]);
    const items = (await ports.table.list(lifePk(label))).flatMap((item) => readLifeItem(item) ?? []);
    const runners = await Promise.all(items.toSorted(byArchitecture).map((item) => shown(ports, item)));
    if (runners.length === 0)
      throw new Problem(
        'not-found',
        `No runner was ever asked for by the label ${label}. Ask for one with POST /runners.`,
      );
    return jsonAnswer(200, { label, runners });
  };

export const assemble = http((runtime) => {
  const { clock } = runtime;
  const { labelPrefix } = runtime.settings('labelPrefix');
  const usual = usualTime(readsItems(runtime), clock);
  return showRunners({ table: listsItems(runtime), usual, clock }, labelPrefix);
});

export const handler = lambda(assemble);
