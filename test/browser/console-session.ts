import { afterAll, afterEach, beforeAll, beforeEach, expect, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { type ConsolePage, openConsole, testTimeoutMs } from './console-page.ts';
import { type StartedProgram, startProgram } from './started-program.ts';

/** Simulated seconds for each real one: a machine boots in a second or some, and a person could still follow. */
export const speed = 20;

/**
 * Starts the program and Chromium for the tests of a file, and opens the console anew for each. After each test it
 * holds that the page wrote no error to the browser's console and asked nobody but the program for anything.
 */
export const consoleSession = (...options: readonly string[]) => {
  let program: StartedProgram | undefined;
  let browser: Browser | undefined;
  let view: ConsolePage | undefined;

  const started = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The session has not begun.');
    return value;
  };

  jest.setTimeout(testTimeoutMs);

  beforeAll(async () => {
    [program, browser] = await Promise.all([
      startProgram('--port', '0', '--speed', String(speed), '--admission', 'open', ...options),
      launchChromium(),
    ]);
  });

  afterAll(async () => {
    await Promise.all([program?.stop(), browser?.close()]);
  });

  beforeEach(async () => {
    view = await openConsole(started(browser), started(program).url);
  });

  afterEach(async () => {
    const { close, errors, foreign } = started(view);
    await close();
    await fetch(`${started(program).url}/_local/faults`, { method: 'DELETE' });
    expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
  });

  return {
    get url(): string {
      return started(program).url;
    },
    get browser(): Browser {
      return started(browser);
    },
    get page(): Page {
      return started(view).page;
    },
  };
};
