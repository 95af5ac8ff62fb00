/** A request from outside, as it came over HTTP. */
export interface HttpRequest {
  readonly method: string;
  /** With the query string, percent-encoded as it came. */
  readonly path: string;
  /** Names in lower case; values of a repeated header joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly sourceIp: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** Goes on writing after the body, for as long as the client listens; returns what ends it. */
  readonly follow?: (write: (text: string) => void) => () => void;
}

/** A JSON response. */
export const jsonResponse = (
  status: number,
  body: unknown,
  contentType = 'application/json',
): HttpResponse => ({
  status,
  headers: { 'content-type': contentType },
  body: JSON.stringify(body),
});
