import type { FunctionLogLine } from '../../local/aws/lambda/function-invoker.ts';

/** A line as CloudWatch Logs has it, and the file of the function that wrote it. */
export interface LogEntry {
  readonly stem: string;
  readonly line: Readonly<Record<string, unknown>>;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What Lambda makes of a line: what the console was given goes under `message`, and JSON that a function wrote
 * itself stays as it is (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html).
 */
const entry = (stackName: string, { name, level, message }: FunctionLogLine): LogEntry => {
  const stem = name.slice(stackName.length + 1);
  if (isRecord(message) && '_aws' in message) return { stem, line: message };
  const timestamp = new Date().toISOString();
  return { stem, line: { timestamp, level: level.toUpperCase(), requestId: 'r', message } };
};

/** Keeps what the functions of a world log. */
export const loggedLines = (stackName: string) => {
  const entries: LogEntry[] = [];
  return { entries, onLog: (line: FunctionLogLine) => void entries.push(entry(stackName, line)) };
};

/** The names by which Logs Insights knows what is in a line: `message.life`. */
export const fieldsOf = (line: Readonly<Record<string, unknown>>, prefix = ''): readonly string[] =>
  Object.entries(line).flatMap(([key, value]) =>
    isRecord(value) ? fieldsOf(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );

/** A value of a metric that a line holds. */
export interface WrittenMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, unknown>>;
  readonly value: unknown;
}

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string }[];
}

/** The values that CloudWatch extracts from a line. */
export const metricsIn = ({ line }: LogEntry): readonly WrittenMetric[] => {
  const { CloudWatchMetrics = [] } = (line['_aws'] ?? {}) as {
    readonly CloudWatchMetrics?: readonly Directive[];
  };
  return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name }) => ({
        namespace: Namespace,
        name: Name,
        dimensions: Object.fromEntries(names.map((name) => [name, line[name]])),
        value: line[Name],
      })),
    ),
  );
};
