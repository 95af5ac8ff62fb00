import { describe, expect, test } from '@jest/globals';
import { goneVerdict, launchesOverAt } from '../../../functions/domain/ending/gone-verdict.ts';
import { GitHubRefused, LifeRemains } from '../../../functions/domain/errors.ts';

const start = new Date('2026-03-01T10:00:00Z');
const later = (seconds: number): Date => new Date(start.getTime() + seconds * 1_000);

describe('whether a life has ended', () => {
  test('the first reading of nothing is not believed', () => {
    expect(goneVerdict({ now: start, remains: [], registrations: [] })).toMatchObject({
      next: 'look-again',
      nothingSince: start.toISOString(),
    });
  });

  test('a second one a minute later is', () => {
    const earlier = goneVerdict({ now: start, remains: [], registrations: [] });
    expect(goneVerdict({ now: later(59), remains: [], registrations: [], earlier }).next).toBe('look-again');
    expect(goneVerdict({ now: later(60), remains: [], registrations: [], earlier }).next).toBe('end');
  });

  test('what shows up in between makes the first reading worthless', () => {
    const nothing = goneVerdict({ now: start, remains: [], registrations: [] });
    const something = goneVerdict({
      now: later(30),
      remains: ['an instance'],
      registrations: [],
      earlier: nothing,
    });
    expect(something.nothingSince).toBeUndefined();
    expect(goneVerdict({ now: later(61), remains: [], registrations: [], earlier: something }).next).toBe(
      'look-again',
    );
  });

  test('it is not believed while a launch could still come to light', () => {
    const earlier = goneVerdict({ now: start, remains: [], registrations: [] });
    const reading = { now: later(89), remains: [], registrations: [], earlier, launchesOverAt: later(90) };
    expect(goneVerdict(reading).next).toBe('look-again');
    expect(goneVerdict({ ...reading, now: later(90) }).next).toBe('end');
  });

  test('what remains for forty minutes makes the destroy fail, and the error says what it is', () => {
    const earlier = goneVerdict({ now: start, remains: [], registrations: ['the registration x'] });
    expect(earlier.next).toBe('deregister');
    const reading = { now: later(2_400), remains: [], registrations: ['the registration x'], earlier };
    expect(() => goneVerdict(reading)).toThrow(LifeRemains);
    expect(() => goneVerdict(reading)).toThrow(/the registration x/);
  });

  test("GitHub's silence is waited out, however long it lasts", () => {
    const silence = { remains: [], registrations: 'unknown' } as const;
    const earlier = goneVerdict({ ...silence, now: start });
    const hoursLater = goneVerdict({ ...silence, now: later(9_000), earlier });
    expect(hoursLater.next).toBe('ask-github-again');
    const answer = { now: later(9_060), remains: [], registrations: ['the registration x'] };
    expect(goneVerdict({ ...answer, earlier: hoursLater }).next).toBe('deregister');
  });

  test("in GitHub's silence a launch that can still come to light is looked for each minute", () => {
    const silence = { now: start, remains: [], registrations: 'unknown' } as const;
    expect(goneVerdict({ ...silence, launchesOverAt: later(1) }).next).toBe('look-again');
    expect(goneVerdict({ ...silence, launchesOverAt: start }).next).toBe('ask-github-again');
  });

  test('a refusal is waited out for three hours, and is then told by its own name', () => {
    const refused = {
      remains: [],
      registrations: 'unknown',
      refusal: new GitHubRefused('the credential was revoked'),
    } as const;
    const first = goneVerdict({ ...refused, now: start });
    const last = goneVerdict({ ...refused, now: later(10_799), earlier: first });
    expect(last.next).toBe('ask-github-again');
    expect(() => goneVerdict({ ...refused, now: later(10_800), earlier: last })).toThrow(GitHubRefused);
    const answer = { now: later(10_800), remains: [], registrations: ['the registration x'] };
    expect(goneVerdict({ ...answer, earlier: last }).next).toBe('deregister');
  });

  test.each([
    ['an instance that nobody has told to end is told again', false, 'terminate'],
    ['one that is ending is only looked at', true, 'look-again'],
  ] as const)('%s', (_, isEnding, next) => {
    const reading = { now: start, remains: ['an instance'], isEnding, registrations: 'unknown' } as const;
    expect(goneVerdict(reading).next).toBe(next);
  });

  test('an instance that remains while GitHub is silent makes the destroy fail all the same', () => {
    const reading = { remains: ['an instance'], registrations: 'unknown' } as const;
    const earlier = goneVerdict({ ...reading, now: start });
    expect(() => goneVerdict({ ...reading, now: later(2_400), earlier })).toThrow(LifeRemains);
  });
});

describe('when no launch can come to light any more', () => {
  const provision = { name: 'life', status: 'ABORTED', startedAt: start } as const;

  test("a launch function's time-out and EC2's lag after the provision's end", () => {
    expect(launchesOverAt({ ...provision, stoppedAt: start }, later(500))).toEqual(later(90));
  });

  test('not yet while the provision runs', () => {
    expect(launchesOverAt({ ...provision, status: 'RUNNING' }, later(500))).toEqual(later(590));
  });

  test('never a question when there was no provision', () => {
    expect(launchesOverAt(undefined, start)).toBeUndefined();
  });
});
