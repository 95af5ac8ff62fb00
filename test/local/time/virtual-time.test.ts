import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { InFlight, installVirtualTime, type VirtualTime } from '../../../local/time/virtual-time.ts';

const start = new Date('2026-03-01T10:00:00Z');
let inFlight: InFlight;
let time: VirtualTime;

beforeEach(() => {
  inFlight = new InFlight();
  time = installVirtualTime(start, inFlight);
});
afterEach(() => time.uninstall());

const secondsNow = (): number => (Date.now() - start.getTime()) / 1_000;
const wait = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1_000));

test('a wait takes its simulated time and no other', async () => {
  const seen: number[] = [];
  const waiting = (async () => {
    await wait(30);
    seen.push(secondsNow());
    await wait(3_600);
    seen.push(secondsNow());
  })();
  await time.advance(4_000);
  await waiting;
  expect(seen).toEqual([30, 3_630]);
  expect(secondsNow()).toBe(4_000);
});

test('time stands still while a call is in flight', async () => {
  const seen: number[] = [];
  setTimeout(() => seen.push(secondsNow()), 1_000);
  const call = inFlight.track(async () => {
    await crypto.subtle.digest('SHA-256', new Uint8Array(1 << 20));
    seen.push(secondsNow());
  });
  await time.advance(2);
  await call;
  expect(seen).toEqual([0, 1]);
});

test('time stands still while a file is read', async () => {
  const seen: number[] = [];
  setTimeout(() => seen.push(secondsNow()), 1_000);
  const reading = readFile(import.meta.filename).then(() => seen.push(secondsNow()));
  await time.advance(2);
  await reading;
  expect(seen).toEqual([0, 1]);
});

test('advancing until something has happened stops there', async () => {
  let happened = false;
  setTimeout(() => {
    happened = true;
  }, 5_000);
  await time.advanceUntil(() => happened, 60);
  expect(secondsNow()).toBe(5);
});

test('what does not happen in time is an error', async () => {
  await expect(time.advanceUntil(() => false, 60)).rejects.toThrow(/within 60 simulated seconds/);
});
