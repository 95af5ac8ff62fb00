import type { Execution } from './ports.ts';

/** A reason longer than this is not read; a machine's console is in some. */
const maximumReasonLength = 3_000;

/** Text from machines and services, without what could be a secret or a control of somebody's terminal. */
const cleaned = (text: string): string =>
  text
    .replaceAll(/[A-Za-z0-9+/=_-]{80,}/g, '[cut]')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '')
    .slice(0, maximumReasonLength);

const isLambdaError = (value: unknown): value is { readonly errorMessage: string } =>
  typeof value === 'object' &&
  value !== null &&
  'errorMessage' in value &&
  typeof value.errorMessage === 'string';

/** A Lambda's cause is JSON, of which the message is for people; whatever else is plain text. */
const messageOf = (cause: string): string => {
  try {
    const parsed: unknown = JSON.parse(cause);
    return isLambdaError(parsed) ? parsed.errorMessage : cause;
  } catch {
    return cause;
  }
};

/** What to do about errors whose message, being a service's own, does not say it. */
const advice: Readonly<Record<string, string>> = {
  AwsUnavailable: 'AWS did not answer for some minutes. Run the workflow again.',
  GitHubUnavailable: 'GitHub did not answer for some minutes. Run the workflow again when it is well.',
  AwsRefused: 'AWS refuses what the deployment asks for. Its operator must look.',
  GitHubRefused: 'GitHub refuses what the deployment asks for. Its operator must look.',
  CredentialUnusable: "The deployment's GitHub credential cannot be used. Its operator must fill the secret.",
};

const unknownError =
  'Run the workflow again. If this repeats, the operator finds the whole story in the execution';

const failed = ({ name, error = 'Unknown', cause = '' }: Execution): string => {
  const message = messageOf(cause).trim();
  const isOurs = /^[A-Z][A-Za-z]+$/.test(error);
  const advised = advice[error] ?? (isOurs ? '' : `${unknownError} ${name}.`);
  return [`${error}:`, message, advised].filter((part) => part !== '').join(' ');
};

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** `Destroyed` is our own Stop, at the deadline; every other one is a person's. */
const stopped = ({ error, cause }: Execution): string => {
  if (error === 'Destroyed')
    return `Stopped before the runner was ready: ${sentence(cause ?? 'The life was destroyed')}`;
  const given = [error, cause].filter((part) => part !== undefined && part !== '').join(': ');
  const because = given === '' ? 'and gave no cause' : `with the cause: ${sentence(given)}`;
  return `Stopped by an operator, ${because} Run the workflow again, or ask the operator.`;
};

/** Why a provision did not succeed, in a sentence that a person can act on, the error's name first. */
export const failureReason = (provision: Execution): string => {
  if (provision.status === 'ABORTED') return cleaned(stopped(provision));
  if (provision.status === 'TIMED_OUT')
    return cleaned(
      `States.Timeout: The launch did not come to an end within its time-out. ${unknownError} ${provision.name}.`,
    );
  return cleaned(failed(provision));
};
