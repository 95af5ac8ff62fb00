import type { InvocationResult } from '../../lambda/function-invoker.ts';

/** The longest cause of a failure (https://docs.aws.amazon.com/step-functions/latest/apireference/API_LambdaFunctionFailedEventDetails.html). */
const maximumCauseLength = 32_768;

type Failure = Extract<InvocationResult, { ok: false }>;

const causeOf = ({ errorType, errorMessage, trace, isRefusal }: Failure): string =>
  isRefusal ? errorMessage : JSON.stringify({ errorType, errorMessage, trace });

/**
 * A task's error as Step Functions gives it to a catcher: the name is Lambda's `errorType`, the cause the JSON
 * that Lambda answered for the function, or the text by which Lambda itself refused
 * (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html).
 */
export class TaskFailed extends Error {
  constructor(failure: Failure) {
    super(causeOf(failure).slice(0, maximumCauseLength));
    this.name = failure.errorType;
  }
}

/** A task whose time is over. AWS gives the catcher an empty cause; the library would give the name again. */
export class TaskTimedOut extends Error {
  override readonly name = 'States.Timeout';

  constructor() {
    super('');
  }
}

/** What a stopped execution's pending retry meets: neither retried nor caught. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly isRetryable = false;
  readonly isCatchable = false;
}

/** 256 KiB of UTF-8 (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). */
const maximumPayloadBytes = 262_144;

/**
 * More data than a state may take or put out. No retrier and no catcher has it, not even one for States.ALL
 * (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html).
 */
export class DataLimitExceeded extends Error {
  override readonly name = 'States.DataLimitExceeded';
  readonly isRetryable = false;
  readonly isCatchable = false;
}

/** Throws DataLimitExceeded for a payload that is too large. `state` is for whoever reads the cause. */
export const requirePayload = (payload: unknown, state: string): void => {
  if (Buffer.byteLength(JSON.stringify(payload) ?? '') > maximumPayloadBytes)
    throw new DataLimitExceeded(
      `The state/task '${state}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
};
