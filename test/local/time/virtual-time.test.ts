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

const day = 86_400;

test.each([24, 25, 49.7, 50, 400])('a timer of %d days fires after them, and once', async (days) => {
  const seen: number[] = [];
  setTimeout(() => seen.push(secondsNow() / day), days * day * 1_000);
  await time.advance(days * day - 1);
  expect(seen).toEqual([]);
  await time.advance(days * day);
  expect(seen).toEqual([expect.closeTo(days, 5)]);
});

test('an interval of 30 days comes round, and both kinds can be cleared', async () => {
  const seen: number[] = [];
  const interval = setInterval(() => seen.push(secondsNow() / day), 30 * day * 1_000);
  const timer = setTimeout(() => seen.push(0), 40 * day * 1_000);
  await time.advance(35 * day);
  clearTimeout(timer);
  await time.advance(30 * day);
  clearInterval(interval);
  await time.advance(100 * day);
  expect(seen).toEqual([30, 60]);
});

test('the real timers are back when it is over', async () => {
  const virtual = globalThis.setTimeout;
  time.uninstall();
  expect(globalThis.setTimeout).not.toBe(virtual);
  await new Promise<void>((resolve) => setTimeout(resolve, 1));
  time = installVirtualTime(start, inFlight);
});
