import { useRef, useState } from 'preact/hooks';
import type { Drawing } from '../drawing.ts';
import { Arrow, ArrowTips } from './graph-arrow.tsx';
import { State } from './graph-state.tsx';
import { markOf } from './marks.ts';
import { stepsTaken, type Visit } from './visits.ts';

interface GraphProps {
  readonly drawing: Drawing;
  readonly visits: readonly Visit[];
  /** The execution's. */
  readonly status: string | undefined;
  readonly chosenState: string | undefined;
  readonly onChoose: (state: string) => void;
}

/** How far each arrow key goes, in the order of the definition. */
const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** The state machine as its ASL has it, with the way that the execution has gone. */
export const Graph = ({ drawing, visits, status, chosenState, onChoose }: GraphProps) => {
  const svg = useRef<SVGSVGElement>(null);
  const [focused, setFocused] = useState<string>();
  const names = drawing.states.map(({ name }) => name);
  const stop = [focused, visits.at(-1)?.state].find((name) => name && names.includes(name)) ?? names[0];
  const taken = stepsTaken(visits);
  const countOf = (name: string): number => visits.filter(({ state }) => state === name).length;

  const move = (event: KeyboardEvent): void => {
    const step = moves[event.key];
    const target = names[names.indexOf(stop ?? '') + (step ?? 0)];
    if (step === undefined || target === undefined) return;
    event.preventDefault();
    setFocused(target);
    svg.current?.querySelector<SVGGElement>(`[data-state-name="${target}"]`)?.focus();
  };

  const choose = (name: string): void => {
    setFocused(name);
    onChoose(name);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset
    <svg
      class="graph"
      ref={svg}
      viewBox={`-8 -8 ${drawing.width + 16} ${drawing.height + 16}`}
      role="group"
      aria-label={`States of ${drawing.stateMachine}`}
      onKeyDown={move}
    >
      <ArrowTips />
      {drawing.transitions.map((transition) => {
        const { from, to, kind } = transition;
        const isTaken = taken.has(`${from}>${to}`);
        return <Arrow key={`${from} ${kind} ${to}`} transition={transition} isTaken={isTaken} />;
      })}
      {drawing.states.map((state) => (
        <State
          key={state.name}
          state={state}
          mark={markOf(state.name, visits, status)}
          count={countOf(state.name)}
          isChosen={chosenState === state.name}
          isStop={stop === state.name}
          onChoose={() => choose(state.name)}
        />
      ))}
    </svg>
  );
};
