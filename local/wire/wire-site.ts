import { requireOwnOrigin } from '../control/own-origin.ts';
import { ControlProblem, problemResponse } from '../control/problem.ts';
import { type FrontDoor, isWireRequest } from './front-door.ts';
import type { HttpRequest } from './http-exchange.ts';
import type { Site } from './http-server.ts';
import type { WireRequest } from './wire.ts';

const wireRequest = ({ method, path, headers, body }: HttpRequest): WireRequest => ({
  method,
  path,
  headers,
  body: Buffer.from(body).toString('utf8'),
});

/** The fake cloud on the wire, for whoever calls it by endpoint URL, but for pages of other sites. */
export const wireSite = (door: FrontDoor): Site => ({
  takes: (request) => isWireRequest(request),
  answer: async (request) => {
    try {
      requireOwnOrigin(request);
    } catch (error) {
      if (error instanceof ControlProblem) return problemResponse(error);
      throw error;
    }
    return door.send(wireRequest(request));
  },
});
