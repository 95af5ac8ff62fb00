import { realTimeout } from '../time/scaled-time.ts';
import type { HttpResponse } from '../wire/http-exchange.ts';
import type { ConsoleEvent, ConsoleState } from './console-state.ts';

/** Real milliseconds between two looks at the cloud: often enough to see a machine boot at a high speed. */
const lookMs = 200;

/** So many looks without a change, and the clock is sent alone, by which the page knows that it is connected. */
const quietLooks = 20;

/** What a browser waits before it connects again, in real milliseconds. */
const retryMs = 1_000;

/** The parts that differ from what `sent` remembers, which then remembers them. */
const changes = (state: ConsoleState, sent: Map<string, string>): Partial<ConsoleState> =>
  Object.fromEntries(
    Object.entries(state).filter(([part, value]) => {
      const json = JSON.stringify(value);
      const isNew = sent.get(part) !== json;
      sent.set(part, json);
      return isNew;
    }),
  );

const message = (event: ConsoleEvent): string => `event: state\ndata: ${JSON.stringify(event)}\n\n`;

/**
 * The state as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): all of it to
 * whoever connects, then whatever part of it changes. Whoever lost the connection begins anew, so nothing is missed.
 */
export const eventStream = (read: () => ConsoleState, speed: number): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  body: `retry: ${retryMs}\n\n`,
  follow: (write) => {
    const sent = new Map<string, string>();
    let quiet = 0;
    let timer: NodeJS.Timeout | undefined;
    const look = (): void => {
      const changed = changes(read(), sent);
      const isDue = Object.keys(changed).length > 0 || quiet >= quietLooks;
      if (isDue) write(message({ ...changed, now: Date.now(), speed }));
      quiet = isDue ? 0 : quiet + 1;
      timer = realTimeout(look, lookMs);
    };
    look();
    return () => clearTimeout(timer);
  },
});
