/** What happens to a runner while it is connected. */
export interface RunnerListener {
  /** The runner program exits: its job is over, or GitHub has deleted its registration. */
  ended(): void;
  /** A hostile job has taken the machine over: it cancels the shutdown and keeps the machine up. */
  seized(): void;
}

export interface RunnerSession {
  /** The machine is gone. GitHub notices after a while. */
  disconnect(): void;
}

/** GitHub, as a runner program on a machine reaches it. */
export interface RunnerHub {
  /** Connects with a JIT config; `undefined` when GitHub does not take it (any more). */
  connect(jitConfig: string, listener: RunnerListener): RunnerSession | undefined;
}
