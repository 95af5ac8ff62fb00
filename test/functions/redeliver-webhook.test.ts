import { describe, expect, test } from '@jest/globals';
import { failedSendings, redeliver, type Sending } from '../../functions/domain/webhook/redeliver.ts';

const now = new Date('2026-03-01T10:00:00Z');
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1_000);

const sending = (id: number, change: Partial<Sending> = {}): Sending => ({
  id,
  guid: `delivery-${id}`,
  event: 'workflow_job',
  deliveredAt: ago(300),
  statusCode: 500,
  ...change,
});

const failed = (...sent: readonly Sending[]): readonly number[] =>
  failedSendings(sent, now).map(({ id }) => id);

describe('a delivery is asked for again', () => {
  test.each([0, 429, 500, 503])('when it was answered with %i', (statusCode) => {
    expect(failed(sending(1, { statusCode }))).toEqual([1]);
  });

  test('once, by its newest sending', () => {
    expect(failed(sending(2, { guid: 'a' }), sending(1, { guid: 'a' }))).toEqual([2]);
  });

  test.each<[string, readonly Sending[]]>([
    ['it was taken', [sending(1, { statusCode: 202 })]],
    [
      'a later sending of it was taken',
      [sending(2, { guid: 'a', statusCode: 202 }), sending(1, { guid: 'a' })],
    ],
    ['it has failed three times', [3, 2, 1].map((id) => sending(id, { guid: 'a' }))],
    ['it is of another event', [sending(1, { event: 'ping' })]],
    ['it may still be answered', [sending(1, { deliveredAt: ago(5) })]],
  ])('but not when %s', (_, sent) => {
    expect(failed(...sent)).toEqual([]);
  });

  test('twenty at once at the most, of those of the last three hours', async () => {
    const asked: number[] = [];
    let since: Date | undefined;
    const hook = {
      sent: async (from: Date) => {
        since = from;
        return Array.from({ length: 50 }, (_, index) => sending(index + 1));
      },
      sendAgain: async (id: number) => {
        asked.push(id);
      },
    };
    expect(await redeliver({ hook: async () => hook, clock: () => now })()).toBe(20);
    expect(asked).toHaveLength(20);
    expect(since).toEqual(ago(3 * 3_600));
  });

  test('by nobody when the credential is a token', async () => {
    expect(await redeliver({ hook: async () => undefined, clock: () => now })()).toBe(0);
  });
});
