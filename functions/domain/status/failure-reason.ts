import { destroyedError } from '../ending/destroyed.ts';
import { again, errorAdvice, unknownErrorAdvice } from '../error-advice.ts';
import type { Execution } from '../ports.ts';

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

const failed = (provision: Execution): string => {
  const { error = 'Unknown', cause = '' } = provision;
  const message = messageOf(cause).trim();
  const { whatToDo, isInMessage = false } = errorAdvice(error) ?? {
    whatToDo: unknownErrorAdvice(provision.name),
  };
  const told = [`${error}:`, message].filter((part) => part !== '').join(' ');
  return isInMessage ? told : `${told}${message.includes('\n') ? '\n' : ' '}${whatToDo}`;
};

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** `Destroyed` is our own Stop, of a forced destroy; every other one is a person's. */
const stopped = ({ error, cause }: Execution): string => {
  const given = [...(error === destroyedError ? [] : [error]), cause].filter((part) => part !== undefined);
  const because = given.length === 0 ? 'no cause was given.' : sentence(given.join(': '));
  return error === destroyedError
    ? `Stopped before the runner was ready: ${because}`
    : `Stopped by an operator: ${because} ${again}`;
};

/** Why a provision did not succeed, in a sentence that a person can act on, the error's name first. */
export const failureReason = (provision: Execution): string => {
  if (provision.status === 'ABORTED') return cleaned(stopped(provision));
  if (provision.status === 'TIMED_OUT')
    return cleaned(
      `States.Timeout: The launch did not come to its end in time. ${unknownErrorAdvice(provision.name)}`,
    );
  return cleaned(failed(provision));
};
