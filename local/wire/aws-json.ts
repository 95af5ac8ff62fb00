import { bareError } from './bare-error.ts';
import type { CloudCall, CloudService, WireRequest, WireResponse } from './wire.ts';

/** An error that a fake service answers with: AWS's code for it, in the service's own protocol. */
export class AwsFault extends Error {
  override readonly name = 'AwsFault';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export type Parameters = Readonly<Record<string, unknown>>;
export type Operation = (parameters: Parameters, call: CloudCall) => unknown;

/** Codes that AWS answers with 500 or 503; the others are the caller's own, 400. */
const statusOf = (code: string): number => {
  if (/^(ServiceUnavailable|DependencyTimeout)/.test(code)) return 503;
  return /Internal|^KeyUnavailable/.test(code) ? 500 : 400;
};

const answer = (status: number, version: string, body: unknown): WireResponse => ({
  status,
  headers: { 'content-type': `application/x-amz-json-${version}` },
  body: JSON.stringify(body),
});

const parsedBody = (body: string): Parameters | undefined => {
  try {
    return JSON.parse(body || '{}') as Parameters;
  } catch {
    return undefined;
  }
};

/**
 * A service that speaks AWS's JSON protocol: the operation in `X-Amz-Target`, the parameters in the body. An error
 * has its code in `__type`, in version 1.0 with a namespace before it, which clients take away
 * (https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization).
 */
export const jsonService = (
  name: string,
  version: '1.0' | '1.1',
  operations: Readonly<Record<string, Operation>>,
): CloudService => {
  const typeOf = (code: string): string => (version === '1.0' ? `com.amazonaws.${name}#${code}` : code);
  const refuse = (code: string, message: string): WireResponse =>
    bareError(code) ?? answer(statusOf(code), version, { __type: typeOf(code), message });
  return {
    name,
    refuse,
    facts: () => ({}),
    read: ({ headers, body }: WireRequest) => {
      const operation = headers['x-amz-target']?.split('.')[1];
      if (operation === undefined || !Object.hasOwn(operations, operation)) return undefined;
      const parameters = parsedBody(body);
      return parameters === undefined ? undefined : { operation, parameters };
    },
    perform: async (call) => {
      try {
        return answer(200, version, (await operations[call.operation]?.(call.parameters, call)) ?? {});
      } catch (error) {
        if (error instanceof AwsFault) return refuse(error.code, error.message);
        throw error;
      }
    },
  };
};

/** A parameter that must be a text. */
export const textParameter = (parameters: Parameters, key: string): string => {
  const value = parameters[key];
  if (typeof value !== 'string') throw new AwsFault('ValidationException', `${key} must be a string`);
  return value;
};

/** Seconds since 1970, as the JSON protocols write a time. */
export const epochSeconds = (date: Date): number => date.getTime() / 1_000;
