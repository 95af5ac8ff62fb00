import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

/** A simulated minute is some seconds, of a machine that has nothing else to do. */
const patienceMs = 90_000;

/** So long a test may take, in which it waits more than once. */
export const testTimeoutMs = 240_000;

/** The console in a browser, and what it did that a page of ours must not do. */
export const openConsole = async (browser: Browser, url: string, options: BrowserContextOptions = {}) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const errors: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== url) foreign.push(request.url());
  });
  await page.goto(url);
  await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
  return { page, errors, foreign, close: () => context.close() };
};

export type ConsolePage = Awaited<ReturnType<typeof openConsole>>;

/** Asks for one runner by the form; returns its label. */
export const requestRunner = async (page: Page): Promise<string> => {
  const form = page.getByRole('form', { name: 'Request runners' });
  const label = await form.getByLabel('Label').inputValue();
  await form.getByLabel('arm64').uncheck();
  await form.getByRole('button', { name: 'Request' }).click();
  await form.getByText(`${label} is requested.`).waitFor();
  return label;
};

/** The card of a label's x86_64 runner. */
export const cardOf = (page: Page, label: string): Locator =>
  page
    .getByRole('region', { name: 'Fleet' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: `x86_64 of ${label}`, exact: true }) })
    .filter({ hasNot: page.getByRole('heading', { level: 3 }) });

/** The card with the status, once it has it. */
export const withStatus = async (card: Locator, status: string): Promise<void> =>
  card.getByText(status, { exact: true }).first().waitFor();

/** A state of the drawing, by its name. */
export const stateOf = (page: Page, name: string): Locator =>
  page.getByRole('button', { name: new RegExp(`^${name}, `) });

/** A state of the drawing that is marked so. */
export const markedState = (page: Page, name: string, mark: RegExp): Locator =>
  page.getByRole('button', { name: new RegExp(`^${name}, \\w+, ${mark.source}`) });
