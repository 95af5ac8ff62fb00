import type { ElkExtendedEdge, ElkNode, LayoutOptions } from 'elkjs';
import type { DrawnState, Transition } from '../../statemachine/transitions.ts';

/** Wide enough for a state's name in the page's font, whatever font that is. */
const stateSize = (name: string) => ({ width: Math.ceil(name.length * 7) + 28, height: 28 });

const labelSize = (text: string) => ({ width: Math.ceil(text.length * 6.4) + 10, height: 13 });

/** The words of an arrow: what a choice compares with, and `else` for whatever is left. */
const labelOf = ({ kind, answers }: Transition): string | undefined =>
  kind === 'default' ? 'else' : answers.length > 0 ? answers.join(', ') : undefined;

/** https://eclipse.dev/elk/reference/algorithms/org-eclipse-elk-layered.html */
const layout: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.layering.strategy': 'LONGEST_PATH_SOURCE',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.spacing.nodeNodeBetweenLayers': '10',
  'elk.layered.spacing.edgeNodeBetweenLayers': '6',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '6',
  'elk.spacing.nodeNode': '20',
  'elk.spacing.edgeNode': '12',
  'elk.spacing.edgeEdge': '8',
};

type Side = 'NORTH' | 'SOUTH' | 'WEST' | 'EAST';

interface Ends {
  readonly source: readonly [port: string, Side];
  readonly target: readonly [port: string, Side];
}

/**
 * Where an arrow leaves and arrives. The story of a state machine goes down, in the order of its definition; what
 * goes back up does so on the left, and what is caught leaves on the right, where all of it shares one line.
 */
const endsOf = ({ from, to, kind }: Transition, isBack: boolean, index: number): Ends => {
  if (kind === 'caught')
    return { source: [`${from}:caught`, 'EAST'], target: [`${to}:catches`, isBack ? 'WEST' : 'EAST'] };
  if (isBack) return { source: [`${from}:back${index}`, 'WEST'], target: [`${to}:again`, 'WEST'] };
  return { source: [`${from}:out${index}`, 'SOUTH'], target: [`${to}:in${index}`, 'NORTH'] };
};

const edge = (transition: Transition, { source, target }: Ends, isBack: boolean, index: number) => {
  const text = labelOf(transition);
  const straightness = transition.kind === 'caught' ? '0' : isBack ? '1' : '10';
  return {
    id: String(index),
    sources: [source[0]],
    targets: [target[0]],
    labels: text === undefined ? [] : [{ text, ...labelSize(text) }],
    layoutOptions: { 'elk.layered.priority.straightness': straightness },
  } satisfies ElkExtendedEdge;
};

const ports = (name: string, ends: readonly Ends[]) => {
  const all = ends.flatMap(({ source, target }) => [source, target]);
  const own = new Map(all.filter(([port]) => port.startsWith(`${name}:`)));
  return [...own].map(([id, side]) => ({
    id,
    width: 0,
    height: 0,
    layoutOptions: { 'elk.port.side': side },
  }));
};

/** The graph that the layout library places; an edge's id is its transition's index. */
export const layoutGraph = (states: readonly DrawnState[], arrows: readonly Transition[]): ElkNode => {
  const order = new Map(states.map(({ name }, index) => [name, index]));
  const isBack = ({ from, to }: Transition): boolean => (order.get(to) ?? 0) < (order.get(from) ?? 0);
  const ends = arrows.map((arrow, index) => endsOf(arrow, isBack(arrow), index));
  return {
    id: 'state-machine',
    layoutOptions: layout,
    children: states.map(({ name }) => ({
      id: name,
      ...stateSize(name),
      ports: ports(name, ends),
      layoutOptions: { 'elk.portConstraints': 'FIXED_SIDE' },
    })),
    edges: arrows.map((arrow, index) => edge(arrow, ends[index] as Ends, isBack(arrow), index)),
  };
};
