import { describe, expect, test } from '@jest/globals';
import { scaledDate, scaledTimers } from '../../../local/time/scaled-time.ts';

const minuteAgo = { originMs: Date.now() - 60_000, speed: 20 };

describe('scaled time', () => {
  test('runs as many times faster as its speed, from a common origin', () => {
    const ScaledDate = scaledDate(minuteAgo);

    const simulatedSeconds = (ScaledDate.now() - minuteAgo.originMs) / 1_000;

    expect(simulatedSeconds).toBeGreaterThanOrEqual(1_200);
    expect(simulatedSeconds).toBeLessThan(1_220);
    expect(new ScaledDate().getTime()).toBeGreaterThanOrEqual(minuteAgo.originMs + 1_200_000);
  });

  test('gives dates that are dates like any other', () => {
    const ScaledDate = scaledDate(minuteAgo);

    expect(new ScaledDate()).toBeInstanceOf(Date);
    expect(new ScaledDate('2026-01-01T00:00:00Z').toISOString()).toBe('2026-01-01T00:00:00.000Z');
    expect(ScaledDate.UTC(2026, 0)).toBe(Date.UTC(2026, 0));
    expect(typeof ScaledDate()).toBe('string');
  });

  test('lets a timer of simulated seconds end in real milliseconds', async () => {
    const { setTimeout } = scaledTimers(minuteAgo);
    const before = Date.now();

    await new Promise<void>((resolve) => setTimeout(() => resolve(), 2_000));

    expect(Date.now() - before).toBeGreaterThanOrEqual(99);
    expect(Date.now() - before).toBeLessThan(1_000);
  });

  test('lets an interval be cleared by the ordinary function', async () => {
    const { setInterval } = scaledTimers(minuteAgo);
    let ticks = 0;

    await new Promise<void>((resolve) => {
      const interval = setInterval(() => {
        ticks += 1;
        clearInterval(interval);
        resolve();
      }, 100);
    });

    expect(ticks).toBe(1);
  });

  test.each([1, 20, 1_000])('lets no timer of a year fire at once, at speed %d', async (speed) => {
    const timers = scaledTimers({ originMs: Date.now(), speed });
    let fired = 0;
    const waiting = [timers.setTimeout, timers.setInterval].map((timer) =>
      timer(() => {
        fired += 1;
      }, 365 * 86_400_000),
    );
    await new Promise<void>((resolve) => setTimeout(resolve, 30));
    for (const timer of waiting) clearTimeout(timer);

    expect(fired).toBe(0);
  });
});
