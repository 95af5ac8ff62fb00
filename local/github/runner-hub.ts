/** What a runner is told of a job that it has got, in the hook's environment. */
export interface StartedJob {
  readonly runId: number;
  /** `owner/name`. */
  readonly repository: string;
}

/**
 * A hook that fails is a step that fails: those with `if: always()` run all the same (actions/runner, JobExtension and
 * StepsRunner). One that ends the worker, which runs the steps, leaves the listener to tell GitHub that the job has
 * failed (JobDispatcher).
 */
export type HookOutcome = 'passes' | 'fails' | 'ends-worker';

/** What happens to a runner while it is connected. */
export interface RunnerListener {
  /** The runner program exits: its job is over, or GitHub has deleted its registration. */
  ended(): void;
  /**
   * What the job-started hook on the machine, if there is one, does before the job's first step
   * (https://docs.github.com/actions/how-tos/manage-runners/self-hosted-runners/run-scripts).
   */
  hook?(job: StartedJob): HookOutcome;
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
