import type { PlacedState } from '../drawing.ts';
import { markTexts, type StateMark } from './marks.ts';

/** How far a choice's hexagon is cut. */
const cut = 11;

const hexagon = ({ x, y, width, height }: PlacedState): string => {
  const right = x + width;
  const middle = y + height / 2;
  const bottom = y + height;
  return `${x + cut},${y} ${right - cut},${y} ${right},${middle} ${right - cut},${bottom} ${x + cut},${bottom} ${x},${middle}`;
};

/** A choice is a hexagon, what does something a box, what waits or ends is round. */
const Outline = ({ state }: { readonly state: PlacedState }) => {
  const { type, x, y, width, height } = state;
  if (type === 'Choice') return <polygon class="outline" points={hexagon(state)} />;
  const radius = type === 'Task' || type === 'Pass' ? 7 : height / 2;
  return <rect class="outline" x={x} y={y} width={width} height={height} rx={radius} />;
};

const Halo = ({ state: { x, y, width, height } }: { readonly state: PlacedState }) => (
  <rect class="halo" x={x - 4} y={y - 4} width={width + 8} height={height + 8} rx={height / 2} />
);

interface StateProps {
  readonly state: PlacedState;
  readonly mark: StateMark;
  /** How often the execution was in it. */
  readonly count: number;
  readonly isChosen: boolean;
  /** Whether the tab key stops here; from there the arrow keys go on. */
  readonly isStop: boolean;
  readonly onChoose: () => void;
}

/** One state, which is a button: it chooses the state's part of the history. */
export const State = ({ state, mark, count, isChosen, isStop, onChoose }: StateProps) => {
  const { name, type, comment, x, y, width, height } = state;
  const chooseByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onChoose();
  };
  const times = count > 1 ? `, ${count} times` : '';
  // The count is beside the button: what the button shows is in its name.
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: inside a drawing there is no other button than this */}
      <g
        class="state"
        role="button"
        data-state-name={name}
        data-mark={mark}
        tabindex={isStop ? 0 : -1}
        aria-pressed={isChosen}
        aria-label={`${name}, ${type}, ${markTexts[mark]}${times}`}
        onClick={onChoose}
        onKeyDown={chooseByKey}
      >
        <title>{comment ?? name}</title>
        {mark === 'current' && <Halo state={state} />}
        <Outline state={state} />
        <text x={x + width / 2} y={y + height / 2} dominant-baseline="central" text-anchor="middle">
          {name}
        </text>
      </g>
      {count > 1 && (
        <text class="times" x={x + width + 4} y={y + 4}>
          ×{count}
        </text>
      )}
    </>
  );
};
