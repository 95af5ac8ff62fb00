import { HttpResponse } from '@smithy/core/protocols';
import type { AwsConnection } from '../../functions/adapters/aws/aws-connection.ts';
import type { WireRequest, WireResponse } from './wire.ts';

type SignerConstructor = NonNullable<AwsConnection['signerConstructor']>;
type Signer = InstanceType<SignerConstructor>;
type Handler = Extract<NonNullable<AwsConnection['requestHandler']>, { handle: unknown }>;

const queryString = (query: Readonly<Record<string, unknown>>): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const item of Array.isArray(value) ? value : [value]) parameters.append(name, String(item ?? ''));
  return parameters.size === 0 ? '' : `?${parameters}`;
};

const decoder = new TextDecoder();

/** The SDK warns of a body that is taken for a text, which `Buffer.from` would do. */
const textOf = (body: unknown): string => {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? decoder.decode(body) : '';
};

/** A request handler for the AWS SDK that answers in process, after the SDK has serialized and signed. */
export const inProcessHandler = (send: (request: WireRequest) => Promise<WireResponse>): Handler =>
  ({
    metadata: { handlerProtocol: 'in-process' },
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    handle: async (request: {
      method: string;
      path: string;
      query?: Record<string, unknown>;
      headers: Record<string, string>;
      body?: unknown;
    }) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const {
        status,
        headers: answered,
        body,
      } = await send({
        method: request.method,
        path: `${request.path}${queryString(request.query ?? {})}`,
        headers,
        body: textOf(request.body),
      });
      return {
        response: new HttpResponse({ statusCode: status, headers: { ...answered }, body: Buffer.from(body) }),
      };
    },
  }) as unknown as Handler;

/**
 * A signer that only says who calls, by the name in `signedBy`: the cloud reads the scope of a signature and does not
 * check the rest, and to hash it takes a tenth of a simulation's time.
 */
export const inProcessSigner = (signedBy: () => string): SignerConstructor =>
  class implements Signer {
    readonly #scope: string;

    constructor({ service, region }: ConstructorParameters<SignerConstructor>[0]) {
      this.#scope = `${String(region)}/${service}/aws4_request`;
    }

    async sign(...[request]: Parameters<Signer['sign']>): ReturnType<Signer['sign']> {
      const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
      request.headers['authorization'] =
        `AWS4-HMAC-SHA256 Credential=${signedBy()}/${day}/${this.#scope}, Signature=none`;
      return request;
    }
  };
