import { afterEach, describe, expect, test } from '@jest/globals';
import type { ConsoleEvent, ConsoleState } from '../../../local/console/console-state.ts';
import { eventStream } from '../../../local/console/event-stream.ts';
import { state as shownState } from './page/shown.ts';

const empty = shownState();

const schedule = { name: 'a', at: 5 };

let leave = (): void => undefined;
afterEach(() => leave());

/** Listens to a stream of what `read` gives. */
const listen = (read: () => ConsoleState) => {
  const messages: string[] = [];
  leave = eventStream(read, 20).follow?.((text) => messages.push(text)) ?? leave;
  const events = (): readonly ConsoleEvent[] =>
    messages.map((message) => JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? '') as ConsoleEvent);
  const until = async (count: number): Promise<void> => {
    while (messages.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  return { messages, events, until };
};

describe('the event stream', () => {
  test('is one of server-sent events, and says when to come back', () => {
    const { status, headers, body } = eventStream(() => empty, 20);

    expect([status, headers['content-type'], body]).toEqual([200, 'text/event-stream', 'retry: 1000\n\n']);
  });

  test('tells whoever connects all of it at once, with the clock', () => {
    const { messages, events } = listen(() => empty);

    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^event: state\ndata: .*\n\n$/);
    expect(events()[0]).toEqual({ ...empty, now: expect.any(Number), speed: 20 });
  });

  test('tells what has changed, and nothing else', async () => {
    let state = empty;
    const { events, until } = listen(() => state);
    state = { ...empty, schedules: [schedule] };
    await until(2);

    expect(events()[1]).toEqual({ schedules: [schedule], now: expect.any(Number), speed: 20 });
  });

  test('tells nothing twice', async () => {
    let reads = 0;
    const { messages } = listen(() => {
      reads += 1;
      return { ...empty, schedules: [{ ...schedule }] };
    });
    while (reads < 4) await new Promise((resolve) => setTimeout(resolve, 20));

    expect(messages).toHaveLength(1);
  });

  test('tells the time when nothing changes for some seconds, so that its absence means something', async () => {
    const { events, until } = listen(() => empty);
    await until(2);

    expect(events()[1]).toEqual({ now: expect.any(Number), speed: 20 });
  }, 10_000);

  test('looks no more when nobody listens', async () => {
    let reads = 0;
    listen(() => {
      reads += 1;
      return empty;
    });
    leave();
    await new Promise((resolve) => setTimeout(resolve, 450));

    expect(reads).toBe(1);
  });
});
