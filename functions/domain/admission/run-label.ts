/** What a label of the form `<prefix><run_id>_<attempt>`, with an optional `_<suffix>`, says. */
export interface RunLabel {
  readonly runId: number;
  readonly attempt: number;
  /** Absent in a run's own, plain label. */
  readonly suffix?: string;
}

const form = /^([1-9][0-9]{0,15})_([1-9][0-9]{0,3})(?:_([A-Za-z0-9_-]+))?$/;

/** Reads a label of a run, `undefined` when it is none. */
export const parseRunLabel = (label: string, prefix: string): RunLabel | undefined => {
  if (!label.startsWith(prefix)) return undefined;
  const [, runId, attempt, suffix] = form.exec(label.slice(prefix.length)) ?? [];
  if (runId === undefined || attempt === undefined || !Number.isSafeInteger(Number(runId))) return undefined;
  const known = { runId: Number(runId), attempt: Number(attempt) };
  return suffix === undefined ? known : { ...known, suffix };
};
