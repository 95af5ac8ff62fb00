/** One run of a function, by how many of its runs for the life came before it. */
export interface Invocation {
  readonly stem: string;
  readonly nth: number;
}

/** A call or an invocation of a baseline life. */
export interface Place {
  readonly type: 'wire' | 'lambda';
  /** `ec2 RunInstances`, or a function's stem. */
  readonly what: string;
  /** How many of its like came before it: of the life's own, or of all when it is nobody's. */
  readonly nth: number;
  /** Which invocation of its function it belongs to, counted for the life. */
  readonly invocation: Invocation;
  /** The sweep's is done for all lives and is nobody's. */
  readonly isOwn: boolean;
}

const sameInvocation = ({ invocation: { stem, nth } }: Place): string => `${stem} ${nth}`;

/**
 * Of a path's invocations that make the same calls in the same order, one poll after the other, the first, the
 * second and the last. Every call of every function on the path remains, with every fault; so do a poll that
 * begins, one that has a reading before it, and the one whose answer ends it. Those between are like the second.
 */
export const withoutLike = (places: readonly Place[]): readonly Place[] => {
  const invocations = [...Map.groupBy(places, sameInvocation).values()];
  const calls = (made: readonly Place[]): string =>
    [made[0]?.invocation.stem, ...made.map(({ what }) => what)].join();
  const kept = [...Map.groupBy(invocations, calls).values()].flatMap((like) => [
    ...like.slice(0, 2),
    ...like.slice(2).slice(-1),
  ]);
  const names = new Set(kept.flat());
  return places.filter((place) => names.has(place));
};
