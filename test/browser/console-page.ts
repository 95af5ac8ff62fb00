import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

/** A simulated minute is some seconds, of a machine that has nothing else to do. */
const patienceMs = 90_000;

/** So long a test may take, in which it waits more than once. */
export const testTimeoutMs = 240_000;

/** The console in a browser, and what it did that a page of ours must not do. */
export const openConsole = async (
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  hash = '',
) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const errors: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => {
    // A browser writes a line for each answer that is no success; this one is an answer that is asked for again.
    const isRefusal = message.location().url.endsWith('/runners') && message.text().includes('503');
    if (['error', 'warning'].includes(message.type()) && !isRefusal) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== url) foreign.push(request.url());
  });
  await page.goto(`${url}/${hash}`);
  await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
  return { page, errors, foreign, close: () => context.close() };
};

export type ConsolePage = Awaited<ReturnType<typeof openConsole>>;

/** What the page says of the last action. */
export const outcomeOf = (page: Page): Locator => page.locator('.outcome');

/**
 * Presses the form's button until the request is taken. At a speed, a function has little of this machine's time
 * before its own is over, and then the API answers 503: whoever meets that asks again, for the same label.
 */
export const submitRequest = async (page: Page): Promise<string> => {
  const form = page.getByRole('form', { name: 'Request runners' });
  const label = await form.getByLabel('Label').inputValue();
  const taken = outcomeOf(page).filter({ hasText: `${label} is requested.` });
  const refused = page.locator('.outcome[data-done="false"]');
  for (let tries = 0; tries < 20; tries += 1) {
    await form.getByRole('button').click();
    await taken.or(refused).waitFor();
    if ((await taken.count()) > 0) return label;
    await page.waitForTimeout(1_000);
  }
  throw new Error(`${label} is refused: ${await refused.textContent()}`);
};

/** Asks for one runner by the form; returns its label. */
export const requestRunner = async (page: Page): Promise<string> => {
  await page.getByRole('checkbox', { name: 'arm64' }).uncheck();
  return submitRequest(page);
};

/** The card of a label's x86_64 runner. */
export const cardOf = (page: Page, label: string): Locator =>
  page
    .getByRole('region', { name: 'Fleet' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: `x86_64 of ${label}`, exact: true }) })
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

/** Opens a view beside the fleet. */
export const openView = (page: Page, name: string): Promise<void> =>
  page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();

/** Injects a fault from the list, or clears it when it is injected; comes back to the view of the execution. */
export const toggleFault = async (page: Page, title: string): Promise<void> => {
  await openView(page, 'Faults');
  await page.getByRole('button', { name: title }).click();
  await outcomeOf(page).filter({ hasText: title }).waitFor();
  await openView(page, 'Execution');
};
