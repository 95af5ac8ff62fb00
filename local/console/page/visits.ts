import type { ExecutionDetail, ExecutionHistoryEvent } from '../../control/snapshot.ts';

/** An attempt of a state that failed, and was repeated or caught. */
export interface Failure {
  readonly error: string;
  readonly cause: string;
}

/** One time that an execution was in a state. */
export interface Visit {
  /** Its place in the order of visits, from 0. */
  readonly index: number;
  readonly state: string;
  /** In the words of the Amazon States Language. */
  readonly type: string;
  readonly enteredAt: number;
  readonly exitedAt?: number;
  readonly input: unknown;
  readonly output?: unknown;
  readonly failures: readonly Failure[];
}

const enteredSuffix = 'StateEntered';

const begin = ({ state = '', type, at, input }: ExecutionHistoryEvent, index: number): Visit => ({
  index,
  state,
  type: type.slice(0, -enteredSuffix.length),
  enteredAt: Date.parse(at),
  input,
  failures: [],
});

const after = (visit: Visit, { type, at, output, error, cause }: ExecutionHistoryEvent): Visit => {
  if (type.endsWith('StateExited')) return { ...visit, exitedAt: Date.parse(at), output };
  if (error === undefined || type.startsWith('Execution')) return visit;
  return { ...visit, failures: [...visit.failures, { error, cause: cause ?? '' }] };
};

/** The states that an execution was in, in their order. An event that leaves or fails belongs to the last one. */
export const visitsOf = ({ events }: Pick<ExecutionDetail, 'events'>): readonly Visit[] => {
  const visits: Visit[] = [];
  for (const event of events) {
    const last = visits.at(-1);
    if (event.type.endsWith(enteredSuffix)) visits.push(begin(event, visits.length));
    else if (last !== undefined) visits[visits.length - 1] = after(last, event);
  }
  return visits;
};

/** The arrows that were gone along, as `from>to`. */
export const stepsTaken = (visits: readonly Visit[]): ReadonlySet<string> =>
  new Set(visits.slice(1).map(({ state }, index) => `${visits[index]?.state}>${state}`));

type Data = Readonly<Record<string, unknown>>;

const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a catcher writes, which a visit has among its failures already. */
const isCaught = (value: unknown): boolean => isData(value) && 'Error' in value && 'Cause' in value;

/** What a state wrote: the fields of its output that its input had not, or had otherwise. */
export const writtenBy = ({ input, output }: Visit): Data | undefined => {
  if (!isData(output)) return undefined;
  const before = isData(input) ? input : {};
  const written = Object.entries(output).filter(
    ([key, value]) => JSON.stringify(before[key]) !== JSON.stringify(value) && !isCaught(value),
  );
  return written.length === 0 ? undefined : Object.fromEntries(written);
};
