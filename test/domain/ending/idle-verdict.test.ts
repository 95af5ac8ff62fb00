import { describe, expect, test } from '@jest/globals';
import { type IdleReading, idleVerdict } from '../../../functions/domain/ending/idle-verdict.ts';

const withdrawnAt = new Date('2026-03-01T10:00:00Z');
const later = (seconds: number): Date => new Date(withdrawnAt.getTime() + seconds * 1_000);
const registration = { id: 7, name: 'runner', online: true, busy: false, labels: [] };
const reading: IdleReading = {
  now: later(1),
  deadline: later(3_000),
  withdrawnAt,
  hasLiveInstance: true,
  registrations: [registration],
  provisionSucceeded: true,
};

describe('whether a runner may be ended', () => {
  test('one reading of not busy proves nothing, however late it comes', () => {
    expect(idleVerdict({ ...reading, now: later(200) })).toMatchObject({
      next: 'wait',
      idleSince: later(200).toISOString(),
    });
  });

  test('a second reading less than 90 seconds after the withdrawal proves nothing', () => {
    expect(idleVerdict({ ...reading, now: later(89), idleSince: later(1) }).next).toBe('wait');
  });

  test('a second reading 90 seconds after the withdrawal is the proof', () => {
    expect(idleVerdict({ ...reading, now: later(90), idleSince: later(1) }).next).toBe('end');
  });

  test('a busy reading makes the earlier ones worthless', () => {
    const busy = {
      ...reading,
      now: later(95),
      idleSince: later(1),
      registrations: [{ ...registration, busy: true }],
    };
    expect(idleVerdict(busy)).toEqual({ next: 'wait-for-job', because: 'a job runs' });
  });

  test('a runner that GitHub no longer has may go at once', () => {
    expect(idleVerdict({ ...reading, registrations: [] }).next).toBe('end');
  });

  test('a life without a live instance has no job to lose', () => {
    const { registrations: _, ...rest } = reading;
    const gone = { ...rest, hasLiveInstance: false, registrations: [{ ...registration, busy: true }] };
    expect(idleVerdict(gone).next).toBe('end');
  });

  describe('while EC2 may not show yet what was launched last', () => {
    const early = { ...reading, now: later(30), settledAt: later(60) };

    test('no instance and no registration prove nothing', () => {
      expect(idleVerdict({ ...early, hasLiveInstance: false, registrations: [] }).next).toBe('wait');
    });

    test('a registration of an instance that does not show may have a job', () => {
      expect(idleVerdict({ ...early, hasLiveInstance: false }).next).toBe('wait');
      const busy = [{ ...registration, busy: true }];
      expect(idleVerdict({ ...early, hasLiveInstance: false, registrations: busy }).next).toBe(
        'wait-for-job',
      );
    });

    test('a live instance without a registration may not be the only one', () => {
      expect(idleVerdict({ ...early, registrations: [] }).next).toBe('wait');
    });

    test('a runner that is proven idle may go', () => {
      const proven = { ...early, now: later(95), settledAt: later(120), idleSince: later(1) };
      expect(idleVerdict({ ...proven, hasLiveInstance: false }).next).toBe('end');
    });
  });

  test('a runner that never came online after a failed provision may go at once', () => {
    const offline = {
      ...reading,
      provisionSucceeded: false,
      registrations: [{ ...registration, online: false }],
    };
    expect(idleVerdict(offline).next).toBe('end');
  });

  test('a runner that is offline after a provision that succeeded is given the benefit of the doubt', () => {
    const offline = { ...reading, registrations: [{ ...registration, online: false }] };
    expect(idleVerdict(offline).next).toBe('wait');
  });

  test('a runner that came online although its provision failed is treated like any other', () => {
    expect(idleVerdict({ ...reading, provisionSucceeded: false }).next).toBe('wait');
  });

  test('at the deadline nothing is asked any more', () => {
    const busy = { ...reading, now: later(3_000), registrations: [{ ...registration, busy: true }] };
    expect(idleVerdict(busy).next).toBe('force');
  });
});
