/** The throttle of the HTTP API, over all its routes. */
export interface StageThrottle {
  /** The burst limits, of the stage and of every route that has its own; `undefined` when the API is gone. */
  bursts(): Promise<readonly number[] | undefined>;
  /** Lets no request through any more. An API that is gone needs no closing. */
  close(): Promise<void>;
}
