import { AwsRefused, AwsUnavailable } from '../../domain/errors.ts';

/** Codes that mean "too many at once", beside the family of names that begin so. */
const throttlingCodes: ReadonlySet<string> = new Set([
  'RequestLimitExceeded',
  'EC2ThrottledException',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
]);

/** Codes that mean "the same request again, later", beside those that a status shows. */
const passingCodes: ReadonlySet<string> = new Set([
  'InternalError',
  'InternalFailure',
  'InternalServerException',
  'InternalServiceError',
  'KMSInternalException',
  'DependencyTimeoutException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'Unavailable',
  'RequestTimeout',
  'TimeoutError',
]);

interface ServiceFault {
  readonly name: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const isFault = (error: unknown): error is ServiceFault =>
  typeof error === 'object' && error !== null && 'name' in error && 'message' in error;

/** AWS's own code for an error, such as `InvalidInstanceID.NotFound`; the SDK has it as the error's name. */
export const awsCode = (error: unknown): string => (isFault(error) ? error.name : 'Unknown');

/** An error without a status never had an answer: the network, or a time-out. */
const hadNoAnswer = ({ $metadata }: ServiceFault): boolean => $metadata?.httpStatusCode === undefined;

/** Whether AWS has refused a request unseen, because there were too many. */
export const isThrottling = (error: unknown): boolean =>
  isFault(error) &&
  (throttlingCodes.has(error.name) || /^Throttl/.test(error.name) || error.$metadata?.httpStatusCode === 429);

const isPassing = (error: ServiceFault): boolean =>
  isThrottling(error) ||
  passingCodes.has(error.name) ||
  hadNoAnswer(error) ||
  (error.$metadata?.httpStatusCode ?? 0) >= 500;

/** The domain's error for an error of the SDK. `what` is the operation, for whoever reads it. */
export const translateAwsError = (error: unknown, what: string): Error => {
  if (!isFault(error)) return new AwsUnavailable(`${what} failed`, { cause: error });
  const text = `${what}: ${error.name}: ${error.message}`;
  return isPassing(error)
    ? new AwsUnavailable(text, { cause: error })
    : new AwsRefused(text, { cause: error });
};

/** Does a call of the SDK's, and throws the domain's errors. */
export const asAws = async <T>(what: string, call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (error) {
    throw translateAwsError(error, what);
  }
};

/** Does a call whose target may be gone: those codes give `undefined`. */
export const unlessGone = async <T>(
  what: string,
  goneCodes: readonly string[],
  call: () => Promise<T>,
): Promise<T | undefined> => {
  try {
    return await call();
  } catch (error) {
    if (goneCodes.includes(awsCode(error))) return undefined;
    throw translateAwsError(error, what);
  }
};
