/** One line for each decision: what was decided, and stable keys. Never a payload. */
export type Log = (decision: string, details?: Readonly<Record<string, unknown>>) => void;

/**
 * Lambda's own JSON log format turns an object into a line with time, level and request id
 * (https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html).
 */
export const lambdaLog: Log = (decision, details) => console.info({ decision, ...details });

/**
 * A line past the console, which would wrap it: JSON that a function writes itself Lambda leaves as it is
 * (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html).
 */
export const lambdaLine = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
