import type { ExecutionDetail } from '../../control/snapshot.ts';
import type { ShownExecution } from '../console-state.ts';
import { lifeHash } from './address.ts';
import { useAnswer } from './call.ts';
import { useConsole } from './console-context.ts';
import { ExecutionSummary } from './execution-summary.tsx';
import { Graph } from './graph.tsx';
import { HistoryPanel } from './history.tsx';
import type { Chosen } from './selection.ts';
import { visitsOf } from './visits.ts';
import { ZoomBox } from './zoom-box.tsx';

const roleText = ({ role, name }: ShownExecution): string =>
  role === 'provision' ? 'provision' : `destroy, ${role} ${name.split('-').at(-1)}`;

const detailPath = ({ stateMachine, name }: ShownExecution): string =>
  `/_local/executions?${new URLSearchParams({ state_machine: stateMachine, name })}`;

const isFollowing = ({ life = '' }: { readonly life?: string }): boolean => life === '';

const Executions = ({ chosen }: { readonly chosen: Chosen }) => {
  const { address, go } = useConsole();
  const following = isFollowing(address);
  return (
    <div class="row executions">
      {chosen.life.executions.map((execution) => (
        <a
          key={execution.name}
          class="chip"
          data-is={execution.status}
          aria-current={execution.name === chosen.execution.name}
          href={lifeHash(address, chosen.life.name, execution.name)}
        >
          {roleText(execution)}
          <span class="unseen"> {execution.status}</span>
        </a>
      ))}
      <button
        type="button"
        class="chip follow"
        aria-pressed={following}
        onClick={() => go({ life: following ? chosen.life.name : '', execution: '', state: '' })}
      >
        Follow the newest
      </button>
    </div>
  );
};

/** The chosen execution: where it is in its state machine, and how it came there. */
export const Inspector = () => {
  const {
    state: { drawings },
    address,
    go,
    chosen,
  } = useConsole();
  const execution = chosen?.execution;
  const detail = useAnswer<ExecutionDetail>(
    execution && detailPath(execution),
    `${execution?.status} ${execution?.eventCount}`,
  );
  const drawing =
    drawings.find(({ stateMachine }) => stateMachine === execution?.stateMachine) ?? drawings[0];
  const visits = detail === undefined ? [] : visitsOf(detail);
  const isGone = !isFollowing(address) && address['life'] !== chosen?.life.name;
  return (
    <div class="inspector">
      {chosen !== undefined && <Executions chosen={chosen} />}
      {isGone && <p class="bad">{address['life']} is not here any more. This is the newest one.</p>}
      {drawing !== undefined && (
        <ZoomBox
          title={drawing.stateMachine}
          width={drawing.width + 16}
          height={drawing.height + 16}
          focus={visits.at(-1)?.state}
        >
          <Graph
            drawing={drawing}
            visits={visits}
            status={detail?.status}
            chosenState={address['state']}
            onChoose={(state) => go({ state: state === address['state'] ? '' : state })}
          />
        </ZoomBox>
      )}
      <div class="story">
        {chosen !== undefined && <ExecutionSummary chosen={chosen} detail={detail} />}
        {detail !== undefined && (
          <HistoryPanel key={detail.name} detail={detail} visits={visits} chosenState={address['state']} />
        )}
      </div>
    </div>
  );
};
