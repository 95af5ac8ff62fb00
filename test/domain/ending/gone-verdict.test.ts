import { describe, expect, test } from '@jest/globals';
import { goneVerdict, launchesOverAt } from '../../../functions/domain/ending/gone-verdict.ts';
import { GitHubRefused, LifeRemains } from '../../../functions/domain/errors.ts';

const start = new Date('2026-03-01T10:00:00Z');
const later = (seconds: number): Date => new Date(start.getTime() + seconds * 1_000);

describe('whether a life has ended', () => {
  test('the first reading of nothing is not believed', () => {
    expect(goneVerdict({ now: start, remains: [], registrations: [] })).toMatchObject({
      answer: 'perhaps-gone',
      nothingSince: start.toISOString(),
    });
  });

  test('a second one a minute later is', () => {
    const earlier = goneVerdict({ now: start, remains: [], registrations: [] });
    expect(goneVerdict({ now: later(59), remains: [], registrations: [], earlier }).answer).toBe(
      'perhaps-gone',
    );
    expect(goneVerdict({ now: later(60), remains: [], registrations: [], earlier }).answer).toBe('gone');
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
    expect(goneVerdict({ now: later(61), remains: [], registrations: [], earlier: something }).answer).toBe(
      'perhaps-gone',
    );
  });

  test('it is not believed while a launch could still come to light', () => {
    const earlier = goneVerdict({ now: start, remains: [], registrations: [] });
    const reading = { now: later(89), remains: [], registrations: [], earlier, launchesOverAt: later(90) };
    expect(goneVerdict(reading).answer).toBe('perhaps-gone');
    expect(goneVerdict({ ...reading, now: later(90) }).answer).toBe('gone');
  });

  test('a provision that a later reading does not show is still the one that was seen', () => {
    const earlier = goneVerdict({ now: start, remains: [], registrations: [], launchesOverAt: later(90) });
    const unseen = { remains: [], registrations: [], earlier } as const;
    expect(goneVerdict({ ...unseen, now: later(60) }).answer).toBe('perhaps-gone');
    expect(goneVerdict({ ...unseen, now: later(90) }).answer).toBe('gone');
  });

  test('what remains for forty minutes makes the destroy fail, and the error says what it is', () => {
    const earlier = goneVerdict({ now: start, remains: [], registrations: ['the registration x'] });
    expect(earlier.answer).toBe('registration-remains');
    const reading = { now: later(2_400), remains: [], registrations: ['the registration x'], earlier };
    expect(() => goneVerdict(reading)).toThrow(LifeRemains);
    expect(() => goneVerdict(reading)).toThrow(/the registration x/);
  });

  test("GitHub's silence is waited out, however long it lasts", () => {
    const silence = { remains: [], registrations: 'unknown' } as const;
    const earlier = goneVerdict({ ...silence, now: start });
    const hoursLater = goneVerdict({ ...silence, now: later(9_000), earlier });
    expect(hoursLater.waitSeconds).toBe(180);
    const answer = { now: later(9_060), remains: [], registrations: ['the registration x'] };
    expect(goneVerdict({ ...answer, earlier: hoursLater }).answer).toBe('registration-remains');
  });

  test("in GitHub's silence a launch that can still come to light is looked for each minute", () => {
    const silence = { now: start, remains: [], registrations: 'unknown' } as const;
    expect(goneVerdict({ ...silence, launchesOverAt: later(1) }).waitSeconds).toBe(60);
    expect(goneVerdict({ ...silence, launchesOverAt: start }).waitSeconds).toBe(180);
  });

  test('a refusal is waited out for three hours, and is then told by its own name', () => {
    const refused = {
      remains: [],
      registrations: 'unknown',
      refusal: new GitHubRefused('the credential was revoked'),
    } as const;
    const first = goneVerdict({ ...refused, now: start });
    const last = goneVerdict({ ...refused, now: later(10_799), earlier: first });
    expect(last.waitSeconds).toBe(180);
    expect(() => goneVerdict({ ...refused, now: later(10_800), earlier: last })).toThrow(GitHubRefused);
    const answer = { now: later(10_800), remains: [], registrations: ['the registration x'] };
    expect(goneVerdict({ ...answer, earlier: last }).answer).toBe('registration-remains');
  });

  test.each([
    ['an instance that nobody has told to end is told again', false, 'instance-remains'],
    ['one that is ending is only looked at', true, 'perhaps-gone'],
  ] as const)('%s', (_, isEnding, answer) => {
    const reading = { now: start, remains: ['an instance'], isEnding, registrations: 'unknown' } as const;
    expect(goneVerdict(reading).answer).toBe(answer);
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
