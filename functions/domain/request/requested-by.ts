import { parseRunLabel } from '../admission/run-label.ts';
import type { CreateRequest } from './runner-request.ts';

/** Who asks, as the caller says, for tags and people: `owner/repo run 1001 attempt 1`, or `anonymous`. */
export const requestedBy = ({ label, run }: CreateRequest, prefix: string): string => {
  if (run === undefined) return 'anonymous';
  const named = parseRunLabel(label, prefix);
  const attempt = named?.runId === run.id ? ` attempt ${named.attempt}` : '';
  return `${run.repository} run ${run.id}${attempt}`;
};
