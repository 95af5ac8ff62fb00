import type { ExecutionDetail } from '../../control/snapshot.ts';
import { Cause } from './cause.tsx';
import { useNow } from './clock.ts';
import { useConsole } from './console-context.ts';
import { Data } from './data.tsx';
import { decisionOf } from './decision.ts';
import { Fold, Unfolding } from './fold.tsx';
import { spanText } from './time-text.ts';
import { type Visit, writtenBy } from './visits.ts';

const Running = ({ since }: { readonly since: number }) => <>{spanText(useNow() - since)}</>;

const Stay = ({ visit: { enteredAt, exitedAt }, isCurrent }: Pick<VisitProps, 'visit' | 'isCurrent'>) => {
  if (exitedAt !== undefined) return <>{spanText(exitedAt - enteredAt)}</>;
  return isCurrent ? <Running since={enteredAt} /> : null;
};

interface VisitProps {
  readonly visit: Visit;
  readonly since: number;
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
}

const VisitSummary = ({ visit, since, isCurrent }: Omit<VisitProps, 'isChosen'>) => {
  const word = decisionOf(visit);
  return (
    <>
      <span class="visit-since">+{spanText(visit.enteredAt - since)}</span>
      <span class="visit-what">
        <span class="visit-state">{visit.state}</span>
        {word !== '' && <span class="visit-word">{word}</span>}
        {visit.failures.length > 0 && <span class="visit-failed">{visit.failures.at(-1)?.error}</span>}
      </span>
      <span class="visit-stay">
        <Stay visit={visit} isCurrent={isCurrent} />
      </span>
    </>
  );
};

const VisitContent = ({ visit }: { readonly visit: Visit }) => {
  const written = writtenBy(visit);
  return (
    <div class="visit-content">
      {visit.failures.map(({ error, cause }, index) => (
        <Cause key={index} error={error} cause={cause} />
      ))}
      {written !== undefined && (
        <>
          <h4>Wrote</h4>
          <Data value={written} />
        </>
      )}
      <Fold title="Input" value={visit.input} />
      {visit.output !== undefined && <Fold title="Output" value={visit.output} />}
    </div>
  );
};

const VisitEntry = ({ visit, since, isCurrent, isChosen }: VisitProps) => (
  <li class="visit" data-type={visit.type} data-current={isCurrent}>
    <Unfolding
      isWanted={isChosen}
      summary={<VisitSummary visit={visit} since={since} isCurrent={isCurrent} />}
    >
      {() => <VisitContent visit={visit} />}
    </Unfolding>
  </li>
);

/** Every state that the execution was in, the newest first: what it got, what it wrote, what went wrong. */
export const HistoryPanel = ({
  detail,
  visits,
  chosenState = '',
}: {
  readonly detail: ExecutionDetail;
  readonly visits: readonly Visit[];
  readonly chosenState: string | undefined;
}) => {
  const { go } = useConsole();
  const shown = visits.filter(({ state }) => chosenState === '' || state === chosenState);
  const last = visits.at(-1);
  const newestShown = shown.at(-1);
  return (
    <div class="history">
      <div class="row history-head">
        <h3 id="history-title">{chosenState === '' ? 'History' : `History of ${chosenState}`}</h3>
        {chosenState !== '' && (
          <button type="button" class="quiet" onClick={() => go({ state: '' })}>
            All states
          </button>
        )}
      </div>
      <ol class="visits" reversed aria-labelledby="history-title">
        {shown.toReversed().map((visit) => (
          <VisitEntry
            key={visit.index}
            visit={visit}
            since={Date.parse(detail.started_at)}
            isCurrent={visit === last && detail.status === 'RUNNING'}
            isChosen={chosenState !== '' && visit === newestShown}
          />
        ))}
      </ol>
      {shown.length === 0 && <p class="faint">The execution has not entered this state.</p>}
    </div>
  );
};
