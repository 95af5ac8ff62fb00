import { readQueryString } from '../control/fields.ts';
import { requireOwnOrigin } from '../control/own-origin.ts';
import { ControlProblem, problemResponse } from '../control/problem.ts';
import { type HttpRequest, type HttpResponse, jsonResponse } from '../wire/http-exchange.ts';
import type { Site } from '../wire/http-server.ts';
import type { ConsoleState } from './console-state.ts';
import { drawnOnDemand } from './drawings.ts';
import { eventStream } from './event-stream.ts';
import type { LogBook } from './log-book.ts';
import { type Asset, pageAssets } from './page-assets.ts';
import { consoleSettings, readState } from './read-state.ts';
import type { ShownCloud } from './shown-cloud.ts';

export interface ConsoleOptions {
  /** Simulated seconds for each real one. */
  readonly speed: number;
  readonly logs: LogBook;
}

const eventsPath = '/_local/events';
const logsPath = '/_local/console/logs';

/** Nothing but what this server serves, and in no other page's frame: https://www.w3.org/TR/CSP3/ */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const securityHeaders = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

/** Only a browser that goes to the page asks for HTML; whatever else asks for `/` means the HTTP API. */
const wantsPage = ({ method, headers }: HttpRequest): boolean =>
  method === 'GET' && headers['accept']?.includes('text/html') === true;

/** What is searched for, which may be nothing. */
const anyText = (value: unknown): string => String(value ?? '');

const pathOf = ({ path }: HttpRequest): string => path.split('?')[0] ?? '';

const served = async ({ contentType, read }: Asset): Promise<HttpResponse> => ({
  status: 200,
  headers: { ...securityHeaders, 'content-type': contentType, 'cache-control': 'no-cache' },
  body: await read(),
});

/** The page that shows the local cloud, and the events by which it lives. To stand before the control calls. */
export const consoleSite = (cloud: ShownCloud, { speed, logs }: ConsoleOptions): Site => {
  const assets = pageAssets();
  const settings = consoleSettings(cloud);
  const drawings = drawnOnDemand(cloud.stack.stateMachines);
  const read = (): ConsoleState => ({
    settings,
    drawings: drawings(),
    logCount: logs.count,
    ...readState(cloud),
  });

  const answer = async (request: HttpRequest): Promise<HttpResponse> => {
    requireOwnOrigin(request);
    const path = pathOf(request);
    if (request.method !== 'GET') throw new ControlProblem(405, `${path} takes GET.`);
    if (path === eventsPath) return eventStream(read, speed);
    if (path === logsPath)
      return jsonResponse(200, logs.newest(readQueryString(request.path, { find: anyText }).find));
    const asset = assets.get(path);
    if (asset === undefined) throw new ControlProblem(404, `There is no ${path}.`);
    return served(asset);
  };

  return {
    takes: (request) => {
      const path = pathOf(request);
      if (path === '/') return wantsPage(request);
      return path === eventsPath || path.startsWith('/_local/console/');
    },
    answer: async (request) => {
      try {
        return await answer(request);
      } catch (error) {
        if (error instanceof ControlProblem) return problemResponse(error);
        throw error;
      }
    },
  };
};
