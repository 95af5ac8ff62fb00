import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { consoleSession } from './console-session.ts';

const session = consoleSession();

/** A page of somebody else's, which tries what a browser lets a page do to another server. */
const hostilePage = (target: string): string => `<!doctype html>
<title>Somebody else's</title>
<iframe name="hidden"></iframe>
<form id="form" target="hidden" method="post" action="${target}/_local/faults" enctype="text/plain">
  <input name='{"service":"ec2","error":"X","operation":"' value='"}'>
</form>
<script>
  const fault = JSON.stringify({ service: 'ec2', error: 'X' });
  const quietly = (init) => fetch('${target}/_local/faults', { mode: 'no-cors', body: fault, ...init }).catch(() => {});
  form.submit();
  navigator.sendBeacon('${target}/_local/faults', fault);
  const read = fetch('${target}/_local/state').then((answer) => answer.text()).catch(() => 'kept');
  Promise.all([quietly({ method: 'POST' }), quietly({ method: 'DELETE' }), read]).then(async ([, , text]) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    document.title = text;
  });
</script>`;

let stranger: Server;
beforeEach(async () => {
  stranger = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(hostilePage(session.url));
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', () => resolve()));
});
afterEach(() => {
  stranger.closeAllConnections();
  stranger.close();
});

const strangerUrl = (host: string): string => `http://${host}:${(stranger.address() as AddressInfo).port}/`;

const faults = async (): Promise<unknown> => (await fetch(`${session.url}/_local/faults`)).json();

describe('a page of somebody else in the same browser', () => {
  test.each(['127.0.0.1', 'localhost'])('at %s changes nothing here, and reads nothing', async (host) => {
    const context = await session.browser.newContext();
    const page = await context.newPage();
    const answers: number[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/_local/faults')) answers.push(response.status());
    });
    await page.goto(strangerUrl(host));
    await page.waitForFunction('document.title !== "Somebody else\'s"');

    expect(await page.title()).toBe('kept');
    expect(answers.length).toBeGreaterThan(0);
    expect(new Set(answers)).toEqual(new Set([403]));
    expect(await faults()).toEqual([]);
    await context.close();
  });

  test('cannot put the console into a frame', async () => {
    const context = await session.browser.newContext();
    const page = await context.newPage();
    await page.goto(strangerUrl('127.0.0.1'));
    await page.evaluate(`document.querySelector('iframe').src = '${session.url}/'`);
    await page.waitForTimeout(500);
    const framed = await page
      .frames()[1]
      ?.evaluate('document.querySelector("#console") !== null')
      .catch(() => false);

    expect(framed).toBe(false);
    await context.close();
  });
});
