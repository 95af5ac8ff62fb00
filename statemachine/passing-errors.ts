/**
 * Errors of the call to a function, which pass. The first four are those that Step Functions says to retry, and a
 * function's account can have as many invocations as it may (https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html).
 * A function that dies, runs out of memory or does not answer in time is `Lambda.Unknown` or has the name that its
 * runtime gives; `States.Timeout` is the state's own (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html).
 */
export const passingLambdaErrors = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Runtime.ExitError',
  'Sandbox.Timedout',
  'States.Timeout',
] as const;

/** What a function throws when AWS or GitHub may do the same in a while. */
export const passingSourceErrors = ['AwsUnavailable', 'GitHubUnavailable'] as const;

/** Every error for which a Task is tried again for as long as it may matter. */
export const passingErrors: readonly string[] = [...passingLambdaErrors, ...passingSourceErrors];
