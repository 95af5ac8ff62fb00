import { describe, expect, test } from '@jest/globals';
import { arrowPath } from '../../../../local/console/page/arrow-path.ts';
import { clearPath, faultText, readyFaults } from '../../../../local/console/page/faults.ts';
import {
  clockText,
  countdownText,
  dateText,
  spanText,
  windowText,
} from '../../../../local/console/page/time-text.ts';

describe('a time', () => {
  test('is written in UTC', () => {
    const moment = Date.parse('2026-03-01T09:05:07.900Z');

    expect([dateText(moment), clockText(moment)]).toEqual(['2026-03-01', '09:05:07']);
  });

  test.each([
    [0, '0:00'],
    [400, '0:01'],
    [59_000, '0:59'],
    [3_134_000, '52:14'],
    [3_734_000, '1:02:14'],
    [-5_000, '0:00'],
  ])('that is %i ms away counts down as %s', (ms, text) => {
    expect(countdownText(ms)).toBe(text);
  });

  test.each([
    [0, '0.0 s'],
    [3_240, '3.2 s'],
    [9_960, '10 s'],
    [59_499, '59 s'],
    [59_600, '1:00 min'],
    [200_000, '3:20 min'],
    [3_734_000, '1:02:14 h'],
  ])('of %i ms lasts %s', (ms, text) => {
    expect(spanText(ms)).toBe(text);
  });
});

test('a window is written in whole hours, or in minutes', () => {
  expect([86_400, 3_600, 900].map(windowText)).toEqual(['24 h', '1 h', '15 min']);
});

describe('a fault', () => {
  test('that is ready to be injected can be told from every other one', () => {
    expect(new Set(readyFaults.map(({ fault }) => faultText(fault))).size).toBe(readyFaults.length);
  });

  test('is cleared without those of other markets and errors', () => {
    const where = { market: 'spot' };
    const fault = { service: 'ec2', operation: 'RunInstances', error: 'VcpuLimitExceeded' };

    expect(clearPath({ ...fault, where })).toBe(
      '/_local/faults?service=ec2&operation=RunInstances&error=VcpuLimitExceeded&market=spot',
    );
    expect(clearPath(fault)).not.toContain('market');
  });
});

describe('an arrow', () => {
  test('turns round its corners, no further than half of a short way', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 0, y: 20 },
      { x: 4, y: 20 },
    ];

    expect(arrowPath(points)).toBe('M0.0 0.0L0.0 14.0Q0.0 20.0 2.0 20.0L4.0 20.0');
  });

  test('of no points is nothing', () => {
    expect(arrowPath([])).toBe('');
  });
});
