import { afterAll, afterEach, beforeAll, beforeEach, expect, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { consoleSite } from '../../local/console/console-site.ts';
import type { ConsoleState } from '../../local/console/console-state.ts';
import { draw } from '../../local/console/draw.ts';
import { eventStream } from '../../local/console/event-stream.ts';
import { LogBook } from '../../local/console/log-book.ts';
import type { ExecutionDetail } from '../../local/control/snapshot.ts';
import { jsonResponse } from '../../local/wire/http-exchange.ts';
import { type LocalServer, type Site, startHttpServer } from '../../local/wire/http-server.ts';
import { definitionText, stateMachineNames } from '../../statemachine/definitions.ts';
import { emptyCloud } from '../local/console/empty-cloud.ts';
import { state as shownState } from '../local/console/page/shown.ts';
import { launchChromium } from './chromium.ts';
import { openConsole, testTimeoutMs } from './console-page.ts';

/** A call that the page made. */
export interface MadeCall {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

const drawings = () =>
  Promise.all(
    stateMachineNames.map((name) =>
      draw({ name, arn: 'arn', roleArn: 'role', definition: definitionText(name) }),
    ),
  );

/** Shows states that a test makes up in the real page: no cloud moves beneath it, so nothing has to be waited for. */
export const shownConsole = () => {
  let state: ConsoleState = shownState();
  let drawn: ConsoleState['drawings'] = [];
  let detail: ExecutionDetail | undefined;
  let calls: MadeCall[] = [];
  const logs = new LogBook();
  let server: LocalServer;
  let browser: Browser;
  let view: Awaited<ReturnType<typeof openConsole>>;

  const cloud: Site = {
    takes: ({ path }) => path === '/runners' || /^\/_local\/(?!console\/)/.test(path),
    answer: async ({ method, path, body }) => {
      if (path === '/_local/events') return eventStream(() => state, 1);
      if (path.startsWith('/_local/executions'))
        return jsonResponse(detail === undefined ? 404 : 200, detail ?? {});
      calls.push({
        method,
        path,
        body: body.length === 0 ? undefined : JSON.parse(String(Buffer.from(body))),
      });
      return jsonResponse(202, {});
    },
  };

  jest.setTimeout(testTimeoutMs);
  beforeAll(async () => {
    [browser, drawn] = await Promise.all([launchChromium(), drawings()]);
    server = await startHttpServer(0, [cloud, consoleSite(emptyCloud(), { speed: 1, logs })]);
  });
  afterAll(async () => {
    await Promise.all([server.close(), browser.close()]);
  });
  beforeEach(() => {
    calls = [];
    detail = undefined;
  });
  afterEach(async () => {
    const { close, errors, foreign } = view;
    await close();
    // A browser writes a line for an execution that is not there.
    const own = errors.filter((error) => !error.includes('404'));
    expect({ own, foreign }).toEqual({ own: [], foreign: [] });
  });

  return {
    logs,
    get calls(): readonly MadeCall[] {
      return calls;
    },
    /** Opens the page, at 1280 x 720, with what it is to show. */
    show: async (changed: Partial<ConsoleState>, hash = ''): Promise<Page> => {
      state = shownState({ drawings: drawn, ...changed });
      view = await openConsole(browser, server.url, { viewport: { width: 1280, height: 720 } }, hash);
      return view.page;
    },
    /** What changes while the page is open. */
    change: (changed: Partial<ConsoleState>): void => {
      state = { ...state, ...changed };
    },
    /** The history of whatever execution is asked for. */
    setDetail: (shown: ExecutionDetail): void => {
      detail = shown;
    },
  };
};
