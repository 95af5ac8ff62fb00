import { useState } from 'preact/hooks';
import type { ConsoleState, ShownLife } from '../console-state.ts';
import { call } from './call.ts';
import { LifeCard } from './life-card.tsx';
import { OutcomeText, type Said } from './outcome-text.tsx';

interface FleetProps {
  readonly state: ConsoleState;
  readonly chosen: ShownLife | undefined;
  readonly onChoose: (life: string) => void;
}

const needsNoDestroy = ({ status }: ShownLife): boolean =>
  ['failed', 'destroying', 'destroyed'].includes(status);

/** All lives of a label, which are asked for and destroyed together. */
const LabelGroup = ({
  label,
  lives,
  onSaid,
  ...props
}: FleetProps & {
  readonly label: string;
  readonly lives: readonly ShownLife[];
  readonly onSaid: (said: Said) => void;
}) => {
  const destroy = async (): Promise<void> => {
    const outcome = await call('POST', '/runners', { operation: 'destroy', label });
    onSaid({ outcome, done: `${label} is being destroyed.` });
  };
  return (
    <li class="label-group">
      <div class="label-head">
        <h3 class="code">{label}</h3>
        {!lives.every(needsNoDestroy) && (
          <button type="button" class="quiet" aria-label={`Destroy ${label}`} onClick={destroy}>
            Destroy
          </button>
        )}
      </div>
      <ul class="lives">
        {lives.map((life) => (
          <LifeCard
            key={life.name}
            life={life}
            state={props.state}
            isChosen={props.chosen?.name === life.name}
            onChoose={() => props.onChoose(life.name)}
            onSaid={onSaid}
          />
        ))}
      </ul>
    </li>
  );
};

const Groups = ({
  lives,
  ...props
}: FleetProps & {
  readonly lives: readonly ShownLife[];
  readonly onSaid: (said: Said) => void;
}) => (
  <ul class="groups">
    {[...Map.groupBy(lives, ({ label }) => label)].map(([label, group]) => (
      <LabelGroup key={label} label={label} lives={group} {...props} />
    ))}
  </ul>
);

const Empty = () => (
  <p class="empty">
    No runner is here. Request some above, or as a workflow does: by <code>POST /runners</code>.
  </p>
);

/** Every life that something is left of, and beneath, folded, those that are over. */
export const Fleet = (props: FleetProps) => {
  const [said, setSaid] = useState<Said>();
  const lives = props.state.lives.filter(({ isOver }) => !isOver);
  const past = props.state.lives.filter(({ isOver }) => isOver);
  return (
    <section class="panel fleet" id="fleet" aria-labelledby="fleet-title" tabIndex={-1}>
      <div class="panel-head">
        <h2 id="fleet-title">Fleet</h2>
        <OutcomeText said={said} />
      </div>
      {lives.length === 0 ? <Empty /> : <Groups {...props} lives={lives} onSaid={setSaid} />}
      {past.length > 0 && (
        <details class="past">
          <summary>Over ({past.length})</summary>
          <Groups {...props} lives={past} onSaid={setSaid} />
        </details>
      )}
    </section>
  );
};
