import { useEffect, useState } from 'preact/hooks';
import type { Outcome } from './call.ts';

export interface Said {
  readonly outcome: Outcome;
  /** What has been done, when it has. */
  readonly done: string;
}

/** So long a success stands there, in real milliseconds; a problem stands until the next try. */
const shownMs = 6_000;

/** What came of the last use of a form or button: read out when it changes. */
export const OutcomeText = ({ said }: { readonly said: Said | undefined }) => {
  const [old, setOld] = useState<Said>();
  useEffect(() => {
    if (said?.outcome.ok !== true) return undefined;
    const timer = setTimeout(() => setOld(said), shownMs);
    return () => clearTimeout(timer);
  }, [said]);
  const shown = said === old ? undefined : said;
  return (
    <p class="outcome" role="status" data-failed={shown?.outcome.ok === false}>
      {shown === undefined ? '' : shown.outcome.ok ? shown.done : shown.outcome.problem}
    </p>
  );
};
