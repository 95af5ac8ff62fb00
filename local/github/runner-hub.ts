/** What a runner is told of a job that it has got, in the hook's environment. */
export interface StartedJob {
  readonly runId: number;
  /** `owner/name`. */
  readonly repository: string;
}

/** What happens to a runner while it is connected. */
export interface RunnerListener {
  /** The runner program exits: its job is over, or GitHub has deleted its registration. */
  ended(): void;
  /**
   * Whether the job-started hook on the machine, if there is one, fails the job before its first step
   * (https://docs.github.com/actions/how-tos/manage-runners/self-hosted-runners/run-scripts).
   */
  refuses?(job: StartedJob): boolean;
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
