import type { ElkExtendedEdge, ElkNode } from 'elkjs';
import {
  type DrawnState,
  drawnStates,
  type Transition,
  transitions,
} from '../../statemachine/transitions.ts';
import type { StackStateMachine } from '../template/stack-state-machines.ts';
import type { Drawing, PlacedState, PlacedTransition } from './drawing.ts';
import { layoutGraph } from './layout-graph.ts';

const placedState = (state: DrawnState, nodes: readonly ElkNode[]): PlacedState => {
  const { x = 0, y = 0, width = 0, height = 0 } = nodes.find(({ id }) => id === state.name) ?? {};
  return { ...state, x, y, width, height };
};

const placedTransition = (
  { from, to, kind }: Transition,
  { sections = [], labels: [label] = [] }: ElkExtendedEdge,
): PlacedTransition => {
  const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ]);
  if (label?.text === undefined) return { from, to, kind, points };
  const { x = 0, y = 0, width = 0, height = 0, text } = label;
  return { from, to, kind, points, label: { text, x: x + width / 2, y: y + height / 2 } };
};

/** Draws a state machine from its ASL. The layout library is loaded when the first one is drawn. */
export const draw = async ({ name, definition }: StackStateMachine): Promise<Drawing> => {
  const {
    default: { default: Elk },
  } = await import('elkjs/lib/elk.bundled.js');
  const states = drawnStates(definition);
  const arrows = transitions(definition);
  const { width = 0, height = 0, children, edges } = await new Elk().layout(layoutGraph(states, arrows));
  return {
    stateMachine: name,
    width,
    height,
    states: states.map((state) => placedState(state, children ?? [])),
    transitions: arrows.map((arrow, index) =>
      placedTransition(arrow, edges?.[index] ?? { id: '', sources: [], targets: [] }),
    ),
  };
};
