import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConsoleState, Moment } from '../console-state.ts';
import { simulatedNow } from './clock.ts';
import { happenings } from './happenings.ts';
import { clockText } from './time-text.ts';

interface Entry {
  readonly id: number;
  readonly at: Moment;
  readonly text: string;
}

const longest = 80;

/** What happened since the page came up, newest first. */
const useActivity = (state: ConsoleState): readonly Entry[] => {
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const before = useRef(state);
  useEffect(() => {
    const texts = happenings(before.current, state);
    before.current = state;
    if (texts.length === 0) return;
    const at = simulatedNow();
    setEntries((known) => {
      const next = (known[0]?.id ?? 0) + 1;
      const added = texts.map((text, index) => ({ id: next + index, at, text }));
      return [...added.toReversed(), ...known].slice(0, longest);
    });
  }, [state]);
  return entries;
};

/** Read out as it grows, for whoever does not see the page move. */
export const ActivityLog = ({ state }: { readonly state: ConsoleState }) => {
  const entries = useActivity(state);
  return (
    <section class="panel activity" aria-labelledby="activity-title">
      <h2 id="activity-title">Activity</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and holds nothing else that takes the focus */}
      <div role="log" aria-relevant="additions" aria-labelledby="activity-title" tabIndex={0}>
        <ol class="small">
          {entries.map(({ id, at, text }) => (
            <li key={id}>
              <time class="faint" dateTime={new Date(at).toISOString()}>
                {clockText(at)}
              </time>{' '}
              {text}
            </li>
          ))}
        </ol>
        {entries.length === 0 && <p class="faint">Activity appears here.</p>}
      </div>
    </section>
  );
};
