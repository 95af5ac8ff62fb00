import { useState } from 'preact/hooks';
import type { ShownExecution } from '../console-state.ts';
import type { Drawing } from '../drawing.ts';
import { ExecutionSummary } from './execution-summary.tsx';
import { Graph } from './graph.tsx';
import { History } from './history.tsx';
import { type Chosen, follow, type Selection } from './selection.ts';
import { useDetail } from './use-detail.ts';
import { visitsOf } from './visits.ts';

interface InspectorProps {
  readonly drawings: readonly Drawing[];
  readonly chosen: Chosen | undefined;
  readonly isFollowing: boolean;
  readonly onChoose: (selection: Selection) => void;
}

const roleText = ({ role, name }: ShownExecution): string =>
  role === 'provision' ? 'provision' : `destroy, ${role} ${name.split('-').at(-1)}`;

const Executions = ({ chosen, isFollowing, onChoose }: Omit<InspectorProps, 'drawings'>) => (
  <div class="executions">
    {chosen?.life.executions.map((execution) => (
      <button
        key={execution.name}
        type="button"
        class="chip"
        data-execution={execution.status}
        aria-pressed={execution.name === chosen.execution.name}
        onClick={() => onChoose({ life: chosen.life.name, execution: execution.name })}
      >
        {roleText(execution)}
        <span class="unseen"> {execution.status}</span>
      </button>
    ))}
    <button
      type="button"
      class="chip follow"
      aria-pressed={isFollowing}
      onClick={() => onChoose(isFollowing && chosen !== undefined ? { life: chosen.life.name } : follow)}
    >
      Follow the newest
    </button>
  </div>
);

/** The chosen execution: where it is in its state machine, and how it came there. */
export const Inspector = (props: InspectorProps) => {
  const { drawings, chosen } = props;
  const [state, setState] = useState<string>();
  const detail = useDetail(chosen?.execution);
  const drawing =
    drawings.find(({ stateMachine }) => stateMachine === chosen?.execution.stateMachine) ?? drawings[0];
  const visits = detail === undefined ? [] : visitsOf(detail);
  return (
    <section class="panel inspector" aria-labelledby="inspector-title">
      <div class="inspector-head">
        <h2 id="inspector-title">{drawing?.stateMachine ?? 'State machine'}</h2>
        <Executions {...props} />
      </div>
      {drawing === undefined ? (
        <div class="graph" />
      ) : (
        <Graph
          drawing={drawing}
          visits={visits}
          status={detail?.status}
          chosenState={state}
          onChoose={(name) => setState(name === state ? undefined : name)}
        />
      )}
      <div class="story">
        {chosen !== undefined && <ExecutionSummary chosen={chosen} detail={detail} />}
        {detail !== undefined && (
          <History
            key={detail.name}
            detail={detail}
            visits={visits}
            chosenState={state}
            onAll={() => setState(undefined)}
          />
        )}
      </div>
    </section>
  );
};
