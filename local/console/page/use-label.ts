import { useMemo, useState } from 'preact/hooks';
import type { ShownRun } from '../console-state.ts';
import { newLabel } from './labels.ts';

type UsedLabel = readonly [label: string, type: (label: string) => void, renew: () => void];

/** A new label for the run, another one for another run or attempt, until somebody types one in its place. */
export const useLabel = (prefix: string, run: ShownRun | undefined): UsedLabel => {
  const [count, setCount] = useState(0);
  const [typed, setTyped] = useState<{ readonly insteadOf: string; readonly text: string }>();
  const suggested = useMemo(
    () => (run === undefined ? prefix : newLabel(prefix, run)),
    [prefix, run?.id, run?.attempt, count],
  );
  return [
    typed?.insteadOf === suggested ? typed.text : suggested,
    (text) => setTyped({ insteadOf: suggested, text }),
    () => setCount(count + 1),
  ];
};
