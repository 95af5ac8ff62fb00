import { describe, expect, test } from '@jest/globals';
import {
  type IdleReading,
  type IdleVerdict,
  idleVerdict,
} from '../../../functions/domain/ending/idle-verdict.ts';
import type { Instance } from '../../../functions/domain/ports.ts';
import { instance, later, registration } from '../../functions/fakes/life.ts';

const ended: Instance = { ...instance, state: 'terminated' };
const offline = { ...registration, online: false };
const known = { succeeded: true, deadline: later(3_000).toISOString() };
const reading: IdleReading = {
  now: later(1),
  known,
  withdrawal: { withdrawnAt: later(0).toISOString(), registrationIds: [registration.id] },
  instances: [instance],
  registrations: [registration],
};

const answerTo = (change: Partial<IdleReading>): IdleVerdict['answer'] =>
  idleVerdict({ ...reading, ...change }).answer;

/** The answers to a first reading, and to a second one half a minute later that shows the same. */
const twice = (change: Partial<IdleReading>): readonly IdleVerdict['answer'][] => {
  const first = idleVerdict({ ...reading, now: later(100), ...change });
  return [first.answer, answerTo({ now: later(130), ...change, earlier: first })];
};

describe('two quiet readings', () => {
  const first = idleVerdict(reading);

  test('are needed, however late the first one comes', () => {
    expect(idleVerdict({ ...reading, now: later(200) })).toMatchObject({
      answer: 'perhaps-busy',
      idleSince: later(200).toISOString(),
    });
  });

  test('prove nothing when the second is less than 90 seconds after the withdrawal', () => {
    expect(answerTo({ now: later(89), earlier: first })).toBe('perhaps-busy');
  });

  test('are the proof when the second is 90 seconds after the withdrawal', () => {
    expect(answerTo({ now: later(90), earlier: first })).toBe('idle');
  });

  test('are made worthless by a busy one', () => {
    const busy = { now: later(95), earlier: first, registrations: [{ ...registration, busy: true }] };
    const verdict = idleVerdict({ ...reading, ...busy });
    expect(verdict).toMatchObject({ answer: 'perhaps-busy', because: 'a job runs', waitSeconds: 60 });
    expect(verdict.idleSince).toBeUndefined();
  });

  test('prove nothing while labels are there by which a job can come', () => {
    const withdrawal = { ...reading.withdrawal, registrationIds: [] };
    expect(answerTo({ now: later(90), earlier: first, withdrawal })).toBe('labelled');
  });
});

describe('what one reading does not show may be there, and what two do not show is not', () => {
  test.each<[string, Partial<IdleReading>]>([
    ['a registration', { registrations: [] }],
    ['an instance', { instances: [], registrations: [] }],
    ['an instance whose registration is there', { instances: [] }],
    [
      'the instance that got ready, beside the first round’s that has ended',
      { instances: [{ ...ended, id: 'i-0' }], known: { ...known, instanceId: 'i-1' }, registrations: [] },
    ],
  ])('%s', (_, change) => {
    expect(twice(change)).toEqual(['perhaps-busy', 'idle']);
  });

  test('a registration of one of two instances is not made up for by that of the other', () => {
    const first = idleVerdict(reading);
    const second: Instance = { ...instance, id: 'i-2', registrationId: 8 };
    expect(answerTo({ now: later(95), earlier: first, instances: [instance, second] })).toBe('perhaps-busy');
  });
});

test('a life whose instances EC2 shows as ended has no job to lose', () => {
  expect(answerTo({ instances: [ended], registrations: [{ ...registration, busy: true }] })).toBe('idle');
});

describe('while EC2 may not show yet what was launched last', () => {
  const early = { now: later(30), known: { ...known, settledAt: later(60).toISOString() } };

  test.each<[string, Partial<IdleReading>]>([
    ['no instance and no registration', { instances: [], registrations: [] }],
    ['a registration of an instance that does not show', { instances: [] }],
    ['a live instance without a registration', { registrations: [] }],
  ])('%s may have a job', (_, change) => {
    expect(answerTo({ ...early, ...change })).toBe('perhaps-busy');
  });

  test('a runner that is proven idle may go', () => {
    const proven = { now: later(95), known: { ...known, settledAt: later(120).toISOString() } };
    expect(answerTo({ ...proven, instances: [], earlier: idleVerdict(reading) })).toBe('idle');
  });
});

describe('a runner that is offline', () => {
  test('may go at once when its provision failed: it never came online', () => {
    expect(answerTo({ known: { ...known, succeeded: false }, registrations: [offline] })).toBe('idle');
  });

  test('is given the benefit of the doubt when its provision succeeded', () => {
    expect(answerTo({ registrations: [offline] })).toBe('perhaps-busy');
  });
});

test('a runner that came online although its provision failed is treated like any other', () => {
  expect(answerTo({ known: { ...known, succeeded: false } })).toBe('perhaps-busy');
});

test('at the deadline nothing is asked any more', () => {
  expect(answerTo({ now: later(3_000), registrations: [{ ...registration, busy: true }] })).toBe(
    'past-deadline',
  );
});
