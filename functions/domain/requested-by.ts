import type { CreateRequest } from './runner-request.ts';

/** The attempt in a label of the form `<prefix><run_id>_<attempt>`, with an optional `_<suffix>`. */
const attemptIn = (label: string, prefix: string, runId: number): string | undefined =>
  new RegExp(`^${runId}_([1-9][0-9]{0,3})(?:_|$)`).exec(label.slice(prefix.length))?.[1];

/** Who asks, as the caller says, for tags and people: `owner/repo run 1001 attempt 1`, or `anonymous`. */
export const requestedBy = ({ label, run }: CreateRequest, prefix: string): string => {
  if (run === undefined) return 'anonymous';
  const attempt = attemptIn(label, prefix, run.id);
  return `${run.repository} run ${run.id}${attempt === undefined ? '' : ` attempt ${attempt}`}`;
};
