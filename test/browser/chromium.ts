import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where systems put Chromium or Chrome. */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const executable = (): string => {
  const found = [process.env['CHROMIUM'] ?? '', ...places].find((path) => existsSync(path));
  if (found === undefined)
    throw new Error(
      'There is no Chromium. Install it (apt-get install chromium), or say where it is: CHROMIUM=…',
    );
  return found;
};

/**
 * Chromium as it is installed here; nothing is downloaded. A superuser's has no sandbox, for Chromium then refuses
 * to have one.
 */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executable(),
    chromiumSandbox: process.getuid?.() !== 0,
    // A container's shared memory is small.
    args: ['--disable-dev-shm-usage'],
  });
