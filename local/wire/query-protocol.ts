import { XMLBuilder } from 'fast-xml-parser';
import { bareError } from './bare-error.ts';
import type { WireResponse } from './wire.ts';

/** A parameter of EC2's Query protocol: a text, or what stands behind the dots in its name. */
export type QueryValue = string | { readonly [key: string]: QueryValue };
export type QueryParameters = { readonly [key: string]: QueryValue };

/** Without what every object has, which a name such as `__proto__` would reach. */
const plain = (): Record<string, unknown> => Object.create(null);

const put = (into: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: string): void => {
  if (rest.length === 0) {
    into[key] = value;
    return;
  }
  const known = into[key];
  const inner = typeof known === 'object' && known !== null ? (known as Record<string, unknown>) : plain();
  into[key] = inner;
  put(inner, rest, value);
};

/**
 * The parameters of a request, nested by the dots in their names; lists have the keys 1, 2, …
 * (https://docs.aws.amazon.com/ec2/latest/devguide/ec2-query-api.html).
 */
export const readQuery = (body: string): QueryParameters => {
  const parameters = plain();
  for (const [name, value] of new URLSearchParams(body)) put(parameters, name.split('.'), value);
  return parameters as QueryParameters;
};

/** A text parameter, `undefined` when it is absent or not a text. */
export const textOf = (value: QueryValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** What stands at a path of names, such as `['Ebs', 'Encrypted']`. */
export const at = (value: QueryValue | undefined, ...path: readonly string[]): QueryValue | undefined =>
  path.reduce<QueryValue | undefined>(
    (inner, key) => (typeof inner === 'object' ? inner[key] : undefined),
    value,
  );

/** A list parameter, in the order of its numbers. */
export const listOf = (value: QueryValue | undefined): readonly QueryValue[] =>
  typeof value === 'object' ? Object.values(value) : [];

const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });

/** An answer as EC2 writes it: lists are `item` elements in a set. */
export const xmlAnswer = (operation: string, body: object): WireResponse => ({
  status: 200,
  headers: { 'content-type': 'text/xml;charset=UTF-8' },
  body: builder.build({
    [`${operation}Response`]: {
      '@_xmlns': 'http://ec2.amazonaws.com/doc/2016-11-15/',
      requestId: crypto.randomUUID(),
      ...body,
    },
  }),
});

/**
 * Codes that EC2 answers with another status than 400: the server's own with 500 or 503, and 403 for want of a
 * permission (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html).
 */
const statuses: Readonly<Record<string, number>> = {
  RequestLimitExceeded: 503,
  InsufficientInstanceCapacity: 500,
  InsufficientHostCapacity: 500,
  InternalError: 500,
  InternalFailure: 500,
  ServiceUnavailable: 503,
  Unavailable: 503,
  UnauthorizedOperation: 403,
};

/** An error as EC2 writes it; a code of three digits is an HTTP status, answered before EC2 saw the request. */
export const xmlError = (code: string, message: string): WireResponse =>
  bareError(code) ?? {
    status: statuses[code] ?? 400,
    headers: { 'content-type': 'text/xml;charset=UTF-8' },
    body: builder.build({
      Response: {
        Errors: { Error: { Code: code, Message: message } },
        RequestID: crypto.randomUUID(),
      },
    }),
  };
