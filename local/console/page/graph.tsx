import { useRef, useState } from 'preact/hooks';
import type { Drawing, PlacedState, PlacedTransition } from '../drawing.ts';
import { arrowPath } from './arrow-path.ts';
import { stepsTaken, type Visit } from './visits.ts';

interface GraphProps {
  readonly drawing: Drawing;
  readonly visits: readonly Visit[];
  /** The execution's. */
  readonly status: string | undefined;
  readonly chosenState: string | undefined;
  readonly onChoose: (state: string) => void;
}

type Mark = 'current' | 'failed' | 'stopped' | 'visited' | 'ahead';

/** What the place where an execution ended means. */
const endMarks: Readonly<Record<string, Mark>> = {
  RUNNING: 'current',
  FAILED: 'failed',
  TIMED_OUT: 'failed',
  ABORTED: 'stopped',
};

const markOf = (name: string, { visits, status = '' }: GraphProps): Mark => {
  if (visits.at(-1)?.state === name) return endMarks[status] ?? 'visited';
  return visits.some(({ state }) => state === name) ? 'visited' : 'ahead';
};

const markTexts: Readonly<Record<Mark, string>> = {
  current: 'the current state',
  failed: 'the execution failed here',
  stopped: 'the execution was stopped here',
  visited: 'visited',
  ahead: 'not visited',
};

const Arrow = ({
  transition,
  taken,
  isLast,
}: {
  readonly transition: PlacedTransition;
  readonly taken: number;
  readonly isLast: boolean;
}) => {
  const { points, label, kind } = transition;
  return (
    <g class="arrow" data-kind={kind} data-taken={taken > 0} data-last={isLast}>
      <path d={arrowPath(points)} marker-end={`url(#${taken > 0 ? 'tip-taken' : 'tip'})`} />
      {label !== undefined && (
        <text x={label.x} y={label.y} dominant-baseline="central" text-anchor="middle">
          {label.text}
        </text>
      )}
    </g>
  );
};

/** A choice is a hexagon, a beginning or an end is round, a wait is a pill: as diagrams of this kind have it. */
const outline = ({ type, x, y, width, height }: PlacedState) => {
  if (type === 'Choice') {
    const cut = 11;
    const right = x + width;
    const middle = y + height / 2;
    const corners = [
      [x + cut, y],
      [right - cut, y],
      [right, middle],
      [right - cut, y + height],
      [x + cut, y + height],
      [x, middle],
    ];
    return <polygon class="outline" points={corners.map((corner) => corner.join()).join(' ')} />;
  }
  const radius = type === 'Task' || type === 'Pass' ? 7 : height / 2;
  return <rect class="outline" x={x} y={y} width={width} height={height} rx={radius} />;
};

const times = (count: number): string => (count > 1 ? `, ${count} times` : '');

/** How often the execution was in a state, beside it; the state's own name says it too. */
const Times = ({
  state: { x, y, width },
  count,
}: {
  readonly state: PlacedState;
  readonly count: number;
}) => (
  <text class="times" x={x + width + 4} y={y + 4}>
    ×{count}
  </text>
);

const State = ({
  state,
  mark,
  count,
  isChosen,
  isStop,
  onChoose,
}: {
  readonly state: PlacedState;
  readonly mark: Mark;
  readonly count: number;
  readonly isChosen: boolean;
  /** Whether the tab key stops here; from there the arrow keys go on. */
  readonly isStop: boolean;
  readonly onChoose: () => void;
}) => {
  const { name, type, comment, x, y, width, height } = state;
  const chooseByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onChoose();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: inside a drawing there is no other button than this
    <g
      class="state"
      role="button"
      data-state-name={name}
      data-type={type}
      data-mark={mark}
      tabindex={isStop ? 0 : -1}
      aria-pressed={isChosen}
      aria-label={`${name}, ${type}, ${markTexts[mark]}${times(count)}`}
      onClick={onChoose}
      onKeyDown={chooseByKey}
    >
      <title>{comment ?? name}</title>
      {mark === 'current' && (
        <rect class="halo" x={x - 4} y={y - 4} width={width + 8} height={height + 8} rx={height / 2} />
      )}
      {outline(state)}
      <text x={x + width / 2} y={y + height / 2} dominant-baseline="central" text-anchor="middle">
        {name}
      </text>
    </g>
  );
};

const tip = (id: string) => (
  <marker
    id={id}
    viewBox="0 0 8 8"
    refX="7"
    refY="4"
    markerWidth="8"
    markerHeight="8"
    markerUnits="userSpaceOnUse"
    orient="auto"
  >
    <path d="M0 .8 7 4 0 7.2z" />
  </marker>
);

const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** The state machine as its ASL has it, with the way that the execution has gone. */
export const Graph = (props: GraphProps) => {
  const { drawing, visits, chosenState, onChoose } = props;
  const svg = useRef<SVGSVGElement>(null);
  const [focused, setFocused] = useState<string>();
  const names = drawing.states.map(({ name }) => name);
  const stop = names.find((name) => name === focused) ?? visits.at(-1)?.state ?? names[0];
  const taken = stepsTaken(visits);
  const countOf = (name: string): number => visits.filter(({ state }) => state === name).length;
  const lastStep = `${visits.at(-2)?.state}>${visits.at(-1)?.state}`;

  const move = (event: KeyboardEvent): void => {
    const step = moves[event.key];
    const target = names[names.indexOf(stop ?? '') + (step ?? 0)];
    if (step === undefined || target === undefined) return;
    event.preventDefault();
    setFocused(target);
    svg.current?.querySelector<SVGGElement>(`[data-state-name="${target}"]`)?.focus();
  };

  return (
    <div class="graph">
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset */}
      <svg
        ref={svg}
        viewBox={`-8 -8 ${drawing.width + 16} ${drawing.height + 16}`}
        role="group"
        aria-label={`States of ${drawing.stateMachine}`}
        onKeyDown={move}
      >
        <defs>
          {tip('tip')}
          {tip('tip-taken')}
        </defs>
        {drawing.transitions.map((transition) => {
          const key = `${transition.from}>${transition.to}`;
          return (
            <Arrow key={key} transition={transition} taken={taken.get(key) ?? 0} isLast={key === lastStep} />
          );
        })}
        {drawing.states.map((state) => (
          <State
            key={state.name}
            state={state}
            mark={markOf(state.name, props)}
            count={countOf(state.name)}
            isChosen={chosenState === state.name}
            isStop={stop === state.name}
            onChoose={() => {
              setFocused(state.name);
              onChoose(state.name);
            }}
          />
        ))}
        <g>
          {drawing.states
            .filter(({ name }) => countOf(name) > 1)
            .map((state) => (
              <Times key={state.name} state={state} count={countOf(state.name)} />
            ))}
        </g>
      </svg>
    </div>
  );
};
