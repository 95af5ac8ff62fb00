/** How an invocation ended, as Lambda tells it: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
export type InvocationResult =
  | { readonly ok: true; readonly payload: unknown }
  | {
      readonly ok: false;
      /** The error's name, such as `AwsUnavailable` or `Sandbox.Timedout`. */
      readonly errorType: string;
      readonly errorMessage: string;
      readonly trace: readonly string[];
      /** It is Lambda that refused, and no function ran. */
      readonly isRefusal?: true;
    };

/** Runs a stack's functions. */
export interface FunctionInvoker {
  /**
   * Invokes a function by its name or the ARN of it, of a version or of an alias, and waits for its end.
   * Payloads are JSON; they cross as copies. Rejects only when there is no such function.
   */
  invoke(functionReference: string, payload: unknown): Promise<InvocationResult>;
  /** Ends whatever still runs. */
  close(): Promise<void>;
}

/** One line that a function wrote. */
export interface FunctionLogLine {
  /** The function's name. */
  readonly name: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** What it wrote: an object of stable keys, or a text. */
  readonly message: unknown;
}

export type OnFunctionLog = (line: FunctionLogLine) => void;

/** A function's name from its name or ARN: `arn:aws:lambda:us-east-2:000000000000:function:<name>:<version>`. */
export const nameOfFunction = (reference: string): string =>
  reference.startsWith('arn:') ? (reference.split(':')[6] ?? reference) : reference;

/** The version or alias that a reference names; Lambda's own word when it names none. */
export const qualifierOfFunction = (reference: string): string => reference.split(':')[7] ?? '$LATEST';

/** The failure that Lambda makes of what a handler threw. */
export const failureOf = (thrown: unknown): InvocationResult => {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return {
    ok: false,
    errorType: error.name,
    errorMessage: error.message,
    trace: (error.stack ?? '').split('\n'),
  };
};

/** What Lambda answers without running the function (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html). */
export const refusalOf = (errorType: string, errorMessage: string): InvocationResult => ({
  ok: false,
  errorType,
  errorMessage,
  trace: [],
  isRefusal: true,
});

/** A payload as the other side of an invocation gets it. What JSON cannot say is `null`. */
export const copyOf = (payload: unknown): unknown => JSON.parse(JSON.stringify(payload) ?? 'null');
