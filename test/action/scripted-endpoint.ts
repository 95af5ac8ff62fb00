import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** One answer of the endpoint. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string goes out as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly afterMs?: number;
  /** Sends the body piece by piece, without its length, until this many bytes are out or nobody listens. */
  readonly chunkedBytes?: number;
  /** Closes the connection instead of answering. */
  readonly hangUp?: boolean;
}

/** What the endpoint answers to each kind of call, in order; the last answer stays. */
export interface Script {
  readonly create?: readonly Answer[];
  readonly status?: readonly Answer[];
  readonly destroy?: readonly Answer[];
}

export interface Call {
  readonly kind: keyof Script;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

const kindOf = (method: string | undefined, body: unknown): keyof Script => {
  if (method === 'GET') return 'status';
  return JSON.stringify(body)?.includes('"operation":"destroy"') ? 'destroy' : 'create';
};

const sendChunked = async (response: ServerResponse, bytes: number): Promise<void> => {
  const piece = 'x'.repeat(100_000);
  for (let sent = 0; sent < bytes && !response.destroyed; sent += piece.length) {
    response.write(piece);
    await sleep(1, undefined, { ref: false });
  }
  response.end();
};

const send = async (response: ServerResponse, answer: Answer): Promise<void> => {
  if (answer.afterMs !== undefined) await sleep(answer.afterMs, undefined, { ref: false });
  if (answer.hangUp === true) return void response.destroy();
  if (answer.chunkedBytes !== undefined) return sendChunked(response, answer.chunkedBytes);
  const { status = 200, headers = { 'content-type': 'application/json' }, body = {} } = answer;
  response.writeHead(status, headers);
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

/** An HTTP server on loopback that answers by a script and remembers what it was asked. */
export class ScriptedEndpoint {
  readonly calls: Call[] = [];
  readonly #server: Server;
  readonly #script: Script;
  #onCall: (call: Call) => void = () => {};

  private constructor(script: Script) {
    this.#script = script;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(script: Script): Promise<ScriptedEndpoint> {
    const endpoint = new ScriptedEndpoint(script);
    await new Promise<void>((resolve) => endpoint.#server.listen(0, '127.0.0.1', resolve));
    return endpoint;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The calls of one kind, in order. */
  callsOf(kind: keyof Script): readonly Call[] {
    return this.calls.filter((call) => call.kind === kind);
  }

  onCall(listener: (call: Call) => void): void {
    this.#onCall = listener;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await text(request);
    const body: unknown = sent === '' ? undefined : JSON.parse(sent);
    const kind = kindOf(request.method, body);
    const answers = this.#script[kind] ?? [];
    const call = { kind, path: request.url ?? '', headers: request.headers, body };
    const answer = answers[Math.min(this.callsOf(kind).length, answers.length - 1)];
    this.calls.push(call);
    this.#onCall(call);
    await send(response, answer ?? { status: 500, body: `no answer is scripted for ${kind}` });
  }
}
