/** One thing that somebody did. */
export interface TimelineEntry {
  /** Unix milliseconds of the world. */
  readonly at: number;
  /** Who did it: a function, a service, a caller, an operator. */
  readonly party: string;
  readonly what: string;
  /** The life that it was for; absent when it was for all of them. */
  readonly life?: string;
  readonly isFault: boolean;
}

/** Whoever wants to know all that happens in a world. */
export type Watch = (entry: TimelineEntry) => void;

const clock = (at: number, start: number): string => {
  const seconds = Math.floor((at - start) / 1_000);
  const part = (value: number): string => String(value).padStart(2, '0');
  return `${part(Math.floor(seconds / 3_600))}:${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}`;
};

/** A line of a timeline; the time counts from the world's beginning, and a fault stands out. */
export const timelineLine = ({ at, party, what, isFault }: TimelineEntry, start: number): string =>
  `${clock(at, start)}  ${isFault ? '⚡' : ' '} ${party.padEnd(26)} ${what}`;
