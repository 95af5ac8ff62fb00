import type { ExecutionDetail } from '../../control/snapshot.ts';
import { Badge } from './badge.tsx';
import { Cause } from './cause.tsx';
import { useNow } from './clock.ts';
import { Fold } from './fold.tsx';
import type { Chosen } from './selection.ts';
import { clockText, spanText } from './time-text.ts';

const Duration = ({ from, to }: { readonly from: number; readonly to: number | undefined }) => {
  const now = useNow();
  return <>{spanText((to ?? now) - from)}</>;
};

/** What the execution is, and with what it began and ended. */
export const ExecutionSummary = ({
  chosen: { execution },
  detail,
}: {
  readonly chosen: Chosen;
  readonly detail: ExecutionDetail | undefined;
}) => {
  const { name, status, state, startedAt, stoppedAt } = execution;
  return (
    <div class="summary">
      <h3 class="code">{name}</h3>
      <p>
        <Badge of={status} /> {status === 'RUNNING' && state !== undefined && `in ${state}`}
        <span class="faint">
          {' '}
          since {clockText(startedAt)}, <Duration from={startedAt} to={stoppedAt} />
        </span>
      </p>
      {detail?.error !== undefined && <Cause error={detail.error} cause={detail.cause} />}
      {detail !== undefined && <Fold title="Input" value={detail.input} />}
      {detail?.output !== undefined && <Fold title="Output" value={detail.output} />}
    </div>
  );
};
