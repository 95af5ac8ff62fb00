import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { maximumPayloadBytes } from '../aws/api-gateway/gateway.ts';
import { ConnectionLost } from './front-door.ts';
import { type HttpRequest, type HttpResponse, jsonResponse } from './http-exchange.ts';

/** Part of what one port serves. The first that takes a request answers it. */
export interface Site {
  takes(request: HttpRequest): boolean;
  /** Rejects with ConnectionLost when the connection shall break without an answer. */
  answer(request: HttpRequest): Promise<HttpResponse>;
}

export interface LocalServer {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/** The only address that anything here listens on. */
const loopback = '127.0.0.1';

/** Reads at most one byte more than API Gateway takes: enough to see that it is too much. */
const readBody = async (message: IncomingMessage): Promise<Uint8Array> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    if (size <= maximumPayloadBytes) chunks.push(chunk);
    size += (chunk as Buffer).length;
  }
  return Buffer.concat(chunks);
};

const headersOf = ({ headers }: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );

const requestOf = async (message: IncomingMessage): Promise<HttpRequest> => ({
  method: message.method ?? 'GET',
  path: message.url ?? '/',
  headers: headersOf(message),
  body: await readBody(message),
  sourceIp: message.socket.remoteAddress ?? loopback,
});

/** A client that leaves so much unread is cut off; a listener to events comes back and begins anew. */
const maximumUnreadBytes = 8 * 1024 * 1024;

/** The date is the simulated one, so that clients and cloud agree on the time. */
const write = (response: ServerResponse, { status, headers, body, follow }: HttpResponse): void => {
  response.sendDate = false;
  response.writeHead(status, { ...headers, date: new Date().toUTCString() });
  if (follow === undefined) {
    response.end(body);
    return;
  }
  response.write(body);
  const stop = follow((text) => {
    if (response.writableLength > maximumUnreadBytes) response.destroy();
    else response.write(text);
  });
  response.once('close', stop);
};

const serve = async (
  sites: readonly Site[],
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    const request = await requestOf(message);
    const site = sites.find((candidate) => candidate.takes(request));
    write(response, (await site?.answer(request)) ?? { status: 404, headers: {}, body: '' });
  } catch (error) {
    if (error instanceof ConnectionLost) message.socket.destroy();
    else write(response, jsonResponse(500, { message: String(error) }));
  }
};

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => resolve());
  });

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/**
 * Serves the sites on a port of the loopback address; port 0 takes a free one. Rejects with Node's `EADDRINUSE`
 * when the port is taken. Connections stay open as long as their clients want, so that no client meets one that
 * is just being closed.
 */
export const startHttpServer = async (port: number, sites: readonly Site[]): Promise<LocalServer> => {
  const server = createServer((message, response) => void serve(sites, message, response));
  server.keepAliveTimeout = 0;
  await listening(server, port);
  const { port: taken } = server.address() as AddressInfo;
  return { port: taken, url: `http://${loopback}:${taken}`, close: () => closed(server) };
};
