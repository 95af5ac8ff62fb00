import { XMLBuilder } from 'fast-xml-parser';
import { AwsFault } from './aws-json.ts';
import { bareError } from './bare-error.ts';
import { type QueryParameters, readQuery, textOf } from './query-protocol.ts';
import type { CloudCall, CloudService, WireResponse } from './wire.ts';

export type QueryOperation = (parameters: QueryParameters, call: CloudCall) => object;

const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });

const xml = (status: number, body: object): WireResponse => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: builder.build(body),
});

/** A list as the protocol writes it. */
export const members = (items: readonly unknown[]): { readonly member: readonly unknown[] } => ({
  member: items,
});

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
const statuses: Readonly<Record<string, number>> = {
  NoSuchEntity: 404,
  AccessDenied: 403,
  InvalidClientTokenId: 403,
  ExpiredToken: 403,
  ServiceFailure: 500,
};

const refuse = (code: string, message: string): WireResponse =>
  bareError(code) ??
  xml(statuses[code] ?? 400, {
    ErrorResponse: {
      Error: { Type: 'Sender', Code: code, Message: message },
      RequestId: crypto.randomUUID(),
    },
  });

/**
 * A service that speaks AWS's Query protocol, which is EC2's but for its answers: a result inside the response,
 * and lists of `member` (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html).
 */
export const queryService = (
  name: string,
  namespace: string,
  operations: Readonly<Record<string, QueryOperation>>,
): CloudService => ({
  name,
  refuse,
  facts: () => ({}),
  read: ({ body }) => {
    const parameters = readQuery(body);
    const operation = textOf(parameters['Action']);
    return operation === undefined || !Object.hasOwn(operations, operation)
      ? undefined
      : { operation, parameters };
  },
  perform: (call) => {
    const { operation, parameters } = call;
    try {
      const result = operations[operation]?.(parameters as QueryParameters, call) ?? {};
      return xml(200, {
        [`${operation}Response`]: {
          '@_xmlns': namespace,
          [`${operation}Result`]: result,
          ResponseMetadata: { RequestId: crypto.randomUUID() },
        },
      });
    } catch (error) {
      if (error instanceof AwsFault) return refuse(error.code, error.message);
      throw error;
    }
  },
});

/** A text parameter that must be there. */
export const required = (parameters: QueryParameters, key: string): string => {
  const value = textOf(parameters[key]);
  if (value === undefined) throw new AwsFault('ValidationError', `The parameter ${key} is missing`);
  return value;
};
