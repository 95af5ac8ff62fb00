import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Clock, install } from '@sinonjs/fake-timers';
import { Access } from '../../../local/github/access.ts';
import { conditional } from '../../../local/github/conditional.ts';
import { RateLimits } from '../../../local/github/rate-limit.ts';
import { SecondaryLimits } from '../../../local/github/secondary-limits.ts';

let clock: Clock;
beforeEach(() => {
  clock = install({ now: new Date('2026-03-01T10:00:00Z'), toFake: ['Date'] });
});
afterEach(() => {
  clock.uninstall();
});

/** Asks for so much, one after the other within the minute, and counts what is answered. */
const answered = (limits: SecondaryLimits, method: string, count: number): number => {
  let taken = 0;
  for (let asked = 0; asked < count; asked += 1) {
    const answer = limits.take(method);
    if ('leave' in answer) {
      taken += 1;
      answer.leave();
    }
    clock.tick(10);
  }
  return taken;
};

describe('GitHub’s points of a minute', () => {
  test.each([
    ['GET', 900],
    ['POST', 180],
    ['DELETE', 180],
    ['PATCH', 180],
  ])('are enough for so many of %s: %d', (method, count) => {
    expect(answered(new SecondaryLimits(), method, count + 20)).toBe(count);
  });

  test('are refused with the seconds after which there are enough again', () => {
    const limits = new SecondaryLimits();
    answered(limits, 'GET', 900);
    const refused = limits.take('GET');
    if (!('refusal' in refused)) throw new Error('It was not refused');

    expect(refused.refusal).toMatchObject({
      status: 403,
      body: expect.stringContaining('secondary rate limit'),
    });
    clock.tick(Number(refused.refusal.headers['retry-after']) * 1_000);
    expect(limits.take('GET')).toHaveProperty('leave');
  });

  test('are reported with the requests that go on at once', () => {
    const limits = new SecondaryLimits();
    answered(limits, 'POST', 181);

    expect(limits.report()).toMatchObject([
      { service: 'github', operation: 'points a minute', tokens: 0, size: 900, total: 181, refused: 1 },
      { service: 'github', operation: 'concurrent requests', size: 100, total: 181, refused: 0 },
    ]);
  });
});

describe('GitHub’s requests at once', () => {
  test('are a hundred, each for as long as an answer takes', () => {
    const limits = new SecondaryLimits();
    const taken = Array.from({ length: 101 }, () => limits.take('GET'));
    for (const one of taken) if ('leave' in one) one.leave();

    expect(taken.filter((one) => 'leave' in one)).toHaveLength(100);
    expect(taken.at(-1)).toMatchObject({ refusal: { status: 429, headers: { 'retry-after': '1' } } });
    clock.tick(100);
    expect(limits.take('GET')).toHaveProperty('leave');
  });
});

describe('GitHub’s hour', () => {
  test('is the installation’s, whatever tokens it has', () => {
    const access = new Access({ tokens: new Set() });
    const now = Date.now() / 1_000;
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const jwt = `${part({ alg: 'RS256' })}.${part({ iat: now, exp: now + 60, iss: '1' })}.c2ln`;
    const tokens = Array.from({ length: 2 }, () => {
      const { body } = access.issue('7', jwt, undefined);
      return (JSON.parse(body) as { token: string }).token;
    });
    const limits = new RateLimits();
    for (let asked = 0; asked < 2_500; asked += 1)
      for (const token of tokens) limits.count(access.holderOf(token), false);

    expect(tokens[0]).not.toBe(tokens[1]);
    expect(limits.refusal(access.holderOf(tokens[0] ?? ''))).toMatchObject({ status: 403 });
    expect(limits.refusal('somebody else')).toBeUndefined();
  });

  test('is not spent by a request that is free', () => {
    const limits = new RateLimits();
    expect(limits.count('a', true)).toMatchObject({ 'x-ratelimit-used': '0' });
    expect(limits.count('a', false)).toMatchObject({ 'x-ratelimit-used': '1' });
  });
});

describe('a conditional request', () => {
  const answer = { status: 200, headers: {}, body: '{"runners":[]}' };
  const get = (etag?: string) => ({
    method: 'GET',
    path: '/',
    headers: etag === undefined ? {} : { 'if-none-match': etag },
    body: '',
  });
  const etag = (token: string) => conditional(get(), token, answer).headers['etag'] ?? '';

  test('is answered without a body while nothing has changed', () => {
    expect(conditional(get(etag('a')), 'a', answer)).toMatchObject({ status: 304, body: '' });
    expect(conditional(get(`"other", ${etag('a')}`), 'a', answer)).toMatchObject({ status: 304 });
  });

  test('is answered in full when the body has changed', () => {
    const changed = { ...answer, body: '{"runners":[1]}' };
    expect(conditional(get(etag('a')), 'a', changed)).toMatchObject({ status: 200, body: changed.body });
  });

  test('is answered in full to another token, for a token has ETags of its own', () => {
    expect(conditional(get(etag('a')), 'b', answer)).toMatchObject({ status: 200 });
  });

  test('is none where nothing is read, or where nothing was found', () => {
    const post = { ...get(), method: 'POST' };
    expect(conditional(post, 'a', answer).headers).not.toHaveProperty('etag');
    expect(conditional(get(), 'a', { ...answer, status: 404 }).headers).not.toHaveProperty('etag');
  });
});
