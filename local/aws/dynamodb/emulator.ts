import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import dynalite from 'dynalite';
import type { WireResponse } from '../../wire/wire.ts';

/** What the emulator asks of a request's headers; nobody checks the signature. */
const headersOf = (operation: string): Readonly<Record<string, string>> => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': `DynamoDB_20120810.${operation}`,
  'x-amz-date': '20260101T000000Z',
  authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=none',
});

/**
 * DynamoDB as somebody else has built it, in memory. It is an HTTP server that never listens: it gets its requests
 * as events, and what it answers is taken before it is written to a socket.
 */
export class DynamodbEmulator {
  readonly #server: Server = dynalite({ createTableMs: 0, deleteTableMs: 0 });

  /** `body` is the operation's JSON. */
  ask(operation: string, body: string): Promise<WireResponse> {
    return new Promise((resolve) => {
      const request = Object.assign(new EventEmitter(), {
        method: 'POST',
        url: '/',
        headers: headersOf(operation),
      });
      const headers: Record<string, string> = {};
      const response = {
        statusCode: 200,
        setHeader: (name: string, value: unknown) => {
          headers[name.toLowerCase()] = String(value);
        },
        end: (answer: string) => resolve({ status: response.statusCode, headers, body: answer }),
      };
      this.#server.emit('request', request, response);
      request.emit('data', Buffer.from(body));
      request.emit('end');
    });
  }
}
