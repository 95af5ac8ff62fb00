/** One line for each decision: what was decided, and stable keys. Never a payload. */
export type Log = (decision: string, details?: Readonly<Record<string, unknown>>) => void;

/**
 * Lambda's own JSON log format turns an object into a line with time, level and request id
 * (https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html).
 */
export const lambdaLog: Log = (decision, details) => console.info({ decision, ...details });
