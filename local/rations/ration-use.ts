/** A ration and how much of it is used, as `cloud.rations.report()` shows it. */
export interface RationUse {
  /** As signatures name it: `ec2`, `states`, …; also `github` and `lambda`. */
  readonly service: string;
  /** The operation, or what several of them share. */
  readonly operation: string;
  /** What is left now; not a whole number. */
  readonly tokens: number;
  readonly size: number;
  /** How many calls it has counted, refused ones included. */
  readonly total: number;
  readonly refused: number;
}

/** Whatever keeps rations. */
export interface RationKeeper {
  report(): readonly RationUse[];
}
