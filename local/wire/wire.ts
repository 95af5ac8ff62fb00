/** An HTTP request as the SDKs put it on the wire. */
export interface WireRequest {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One call to the cloud, read from the wire. */
export interface CloudCall {
  readonly service: string;
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Who calls: the function's name, or one of the cloud's own services. Read from the credentials. */
  readonly caller: string;
}

/** A service of the fake cloud: it reads its own wire protocol, acts, and answers in the same protocol. */
export interface CloudService {
  /** The service as signatures and faults name it: `ec2`, `states`, `github`, … */
  readonly name: string;
  /** The operation and its parameters; `undefined` when the request is none of the service's. */
  read(
    request: WireRequest,
  ): { readonly operation: string; readonly parameters: Readonly<Record<string, unknown>> } | undefined;
  perform(call: CloudCall, request: WireRequest): WireResponse | Promise<WireResponse>;
  /** An error in the service's protocol. `code` is an error code, or an HTTP status as a string. */
  refuse(code: string, message: string): WireResponse;
  /** What a fault's `where` can match, such as `{ market: 'spot' }`. */
  facts(call: CloudCall): Readonly<Record<string, string>>;
}
