import type { WireResponse } from '../wire/wire.ts';
import type { GitHub } from './state.ts';

/** What a route answers from. */
export interface RouteWorld {
  readonly github: GitHub;
  /** The runner groups that the credential may use. */
  readonly runnerGroupIds: readonly number[];
}

export interface Asked {
  /** The path's parameters, in their order. */
  readonly parameters: readonly string[];
  /** As the caller addressed it, with the query. */
  readonly url: URL;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Answer = (world: RouteWorld, asked: Asked) => WireResponse;

export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly operation: string;
  readonly answer: Answer;
  /** The permission of an App's token that it needs, by the target. */
  readonly needs: (path: string, world: RouteWorld) => readonly [name: string, level: string];
}

/** The group that runners are shown in. */
export const groupOf = ({ runnerGroupIds }: RouteWorld): number => runnerGroupIds[0] ?? 1;

/** A route of the API; the groups of its pattern are its parameters. */
export const route = (
  method: string,
  pattern: string,
  operation: string,
  needs: Route['needs'],
  answer: Answer,
): Route => ({ method, pattern: new RegExp(`^${pattern}$`), operation, needs, answer });
