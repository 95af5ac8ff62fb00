/** A token bucket: so many requests at once, and so many each second after them. */
export interface Throttle {
  readonly burst: number;
  readonly ratePerSecond: number;
}

export interface StackRoute {
  /** `POST /runners`, or `$default`. */
  readonly routeKey: string;
  readonly functionName: string;
  /** Absent when the stage does not throttle the route. */
  readonly throttle?: Throttle;
}

/** The HTTP API of the stack with its stage. */
export interface StackHttpApi {
  readonly apiId: string;
  readonly stageName: string;
  readonly accountId: string;
  readonly routes: readonly StackRoute[];
}
