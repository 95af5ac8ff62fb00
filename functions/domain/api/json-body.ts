import { invalidRequest, Problem } from './problem.ts';

/** The longest body that is read, in bytes; the longest that makes sense has some hundreds. */
export const maximumBodyBytes = 16 * 1024;

/** `application/json`, in UTF-8 if it says so: JSON between systems has no other encoding (RFC 8259, section 8.1). */
export const isJson = (contentType: string): boolean => {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const charset = parameters.map((parameter) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(parameter)?.[1]);
  const isUtf8 = charset.every((name) => name === undefined || name === 'utf-8' || name === 'utf8');
  return type.trim() === 'application/json' && isUtf8;
};

const decoded = (body: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    throw Object.assign(invalidRequest([{ field: 'body', detail: 'must be UTF-8' }]), { cause });
  }
};

/** The text of a body of JSON; throws a Problem when it is too large, of another type, or not UTF-8. */
export const jsonText = (body: Uint8Array, contentType: string | undefined): string => {
  if (body.byteLength > maximumBodyBytes)
    throw new Problem('body-too-large', `The body must have at most ${maximumBodyBytes} bytes.`);
  if (!isJson(contentType ?? ''))
    throw new Problem(
      'unsupported-media-type',
      'The body must be JSON in UTF-8, with the header "Content-Type: application/json".',
    );
  return decoded(body);
};
