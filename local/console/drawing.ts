import type { DrawnState, Transition } from '../../statemachine/transitions.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A state and its place; lengths are in the drawing's own units, about a pixel each. */
export interface PlacedState extends DrawnState, Point {
  readonly width: number;
  readonly height: number;
}

export interface PlacedTransition extends Pick<Transition, 'from' | 'to' | 'kind'> {
  /** From state to state, at right angles. */
  readonly points: readonly Point[];
  /** The words of the arrow and the middle of their place. */
  readonly label?: Point & { readonly text: string };
}

/** A state machine with the places of its parts. */
export interface Drawing {
  readonly stateMachine: string;
  readonly width: number;
  readonly height: number;
  readonly states: readonly PlacedState[];
  readonly transitions: readonly PlacedTransition[];
}
