import type { HistoryEvent } from './aws/step-functions/engine/history.ts';

/** The execution that an event belongs to. */
export interface EventSource {
  readonly name: string;
  readonly stateMachine: string;
}

type Data = Readonly<Record<string, unknown>>;

const longestText = 100;

const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parsed = (json: string | undefined): Data => {
  const value: unknown = json === undefined ? {} : JSON.parse(json);
  return isData(value) ? value : {};
};

const shortened = (text: string): string =>
  text.length > longestText ? `${text.slice(0, longestText)}…` : text;

const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

const words = (value: unknown): string => {
  if (!isData(value)) return isPlain(value) ? String(value) : '';
  const plain = Object.entries(value).filter(([, item]) => isPlain(item));
  return plain.map(([key, item]) => `${key} ${shortened(String(item))}`).join(', ');
};

/** What `after` has that `before` had not: the fields that a state wrote. */
const written = (before: Data, after: Data): readonly string[] =>
  Object.entries(after)
    .filter(([key, value]) => JSON.stringify(before[key]) !== JSON.stringify(value))
    .map(([key, value]) => `${key}: ${words(value)}`);

const simulatedTime = (date: Date): string => date.toISOString().slice(11, 19);

/** Follows executions and says, one line for each state entered, what the states before it decided. */
export const createProgress = (print: (line: string) => void) => {
  const inputs = new Map<string, Data>();

  const line = ({ name, stateMachine }: EventSource, { timestamp }: HistoryEvent, what: string): void =>
    print(`${simulatedTime(timestamp)}  ${stateMachine}  ${name}  ${what}`);

  const enter = (source: EventSource, event: HistoryEvent): void => {
    const key = `${source.stateMachine}/${source.name}`;
    const input = parsed(event.input);
    const decided = written(inputs.get(key) ?? input, input);
    inputs.set(key, input);
    line(source, event, [event.state, ...decided.map((text) => `← ${text}`)].join('  '));
  };

  const end = (source: EventSource, event: HistoryEvent): void => {
    inputs.delete(`${source.stateMachine}/${source.name}`);
    line(
      source,
      event,
      [event.type, event.error, event.cause].filter((part) => part !== undefined).join(': '),
    );
  };

  return {
    event: (source: EventSource, event: HistoryEvent): void => {
      if (event.type.endsWith('StateEntered')) enter(source, event);
      else if (event.type.startsWith('LambdaFunction') || /^Execution(?!Started)/.test(event.type))
        end(source, event);
    },
    /** A line that a function wrote. */
    logged: (name: string, message: unknown): void => {
      // What a step decided stands in the line of the next state.
      if (isData(message) && message['decision'] === 'done') return;
      print(`${simulatedTime(new Date())}  ${name}  ${isData(message) ? words(message) : String(message)}`);
    },
    note: (text: string): void => print(`${simulatedTime(new Date())}  ${text}`),
  };
};

export type Progress = ReturnType<typeof createProgress>;
