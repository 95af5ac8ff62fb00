import type {
  HookOutcome,
  RunnerHub,
  RunnerListener,
  RunnerSession,
  StartedJob,
} from '../../github/runner-hub.ts';
import type { FaultPlan } from '../../wire/faults.ts';
import type { FakeInstance, Fleet } from './state.ts';

export interface MachinesOptions {
  readonly fleet: Fleet;
  readonly hub: RunnerHub;
  readonly faults: FaultPlan;
  /** From `running` to the runner's connection. */
  readonly bootSeconds: () => number;
  /** Whether the machine's own shutdown works, for a simulation that takes it away. */
  readonly isShutdownOn?: (() => boolean) | undefined;
  /** How far a machine's own clock is ahead. */
  readonly clockAheadSeconds?: (() => number) | undefined;
}

interface Machine {
  session?: RunnerSession;
  shutdown?: ReturnType<typeof setTimeout>;
  boot?: ReturnType<typeof setTimeout>;
  isSeized: boolean;
}

/** What the user data's script would do, read from the lines that hold what differs between machines. */
const readScript = (userData: string) => ({
  jitConfig: /^JIT_CONFIG='([A-Za-z0-9+/=_-]+)'$/m.exec(userData)?.[1],
  deadlineEpoch: Number(/^DEADLINE_EPOCH=(\d+)$/m.exec(userData)?.[1]),
  runId: /^RUN_ID='(\d+)'$/m.exec(userData)?.[1],
  runRepository: /^RUN_REPOSITORY='([^']+)'$/m.exec(userData)?.[1],
  /** The hook's parent is the worker. */
  hookEndsWorker: /^kill -KILL \\\$PPID/m.test(userData),
});

type Script = ReturnType<typeof readScript>;

/** Writes to the console as the script does. */
const say = (instance: FakeInstance, text: string): void => {
  instance.console += `stint: ${text}\n`;
};

/** What the script's job-started hook does; it has none when the machine was made for no run. */
const hookOf =
  ({ runId, runRepository, hookEndsWorker }: Script) =>
  (job: StartedJob): HookOutcome => {
    const isOwn =
      String(job.runId) === runId && job.repository.toLowerCase() === runRepository?.toLowerCase();
    if (runId === undefined || isOwn) return 'passes';
    return hookEndsWorker ? 'ends-worker' : 'fails';
  };

/** With terminate-on-shutdown a power-off from inside ends the instance (API_StateReason). */
const poweredOff = 'Client.InstanceInitiatedShutdown';

/**
 * What instances do between their boot and their end: they run the script that they were given. One with
 * another script than ours just runs.
 */
export class Machines {
  readonly #options: MachinesOptions;
  readonly #machines = new Map<string, Machine>();

  constructor(options: MachinesOptions) {
    this.#options = options;
  }

  /** Follows an instance's state; to be told of every change. */
  onState(instance: FakeInstance): void {
    if (instance.state === 'running') this.#start(instance);
    if (instance.state === 'shutting-down' || instance.state === 'terminated') this.#stop(instance);
  }

  #start(instance: FakeInstance): void {
    const machine: Machine = { isSeized: false };
    this.#machines.set(instance.id, machine);
    const script = readScript(instance.userData);
    const { deadlineEpoch, jitConfig } = script;
    if (jitConfig === undefined) return;
    if (Number.isFinite(deadlineEpoch)) this.#armShutdown(instance, machine, deadlineEpoch);
    const { bootSeconds, faults } = this.#options;
    const seconds = bootSeconds();
    const lost = faults.take({ service: 'machine', operation: 'run' }, { market: instance.market });
    if (lost !== undefined) {
      machine.boot = setTimeout(() => this.#lose(instance, lost.error), (seconds / 2) * 1_000);
      return;
    }
    machine.boot = setTimeout(
      () => this.#boot(instance, machine, jitConfig, hookOf(script)),
      seconds * 1_000,
    );
  }

  /** A machine that ends itself while it boots says why. */
  #lose(instance: FakeInstance, stateReason: string): void {
    if (stateReason === poweredOff) {
      say(instance, 'the download failed');
      say(instance, 'powering off');
    }
    this.#options.fleet.end(instance, stateReason);
  }

  #armShutdown(instance: FakeInstance, machine: Machine, deadlineEpoch: number): void {
    const aheadSeconds = this.#options.clockAheadSeconds?.() ?? 0;
    const delay = Math.max(0, (deadlineEpoch - aheadSeconds) * 1_000 - Date.now());
    machine.shutdown = setTimeout(() => {
      if (machine.isSeized || this.#options.isShutdownOn?.() === false) return;
      this.#options.fleet.end(instance, poweredOff);
    }, delay);
  }

  #boot(
    instance: FakeInstance,
    machine: Machine,
    jitConfig: string,
    hook: NonNullable<RunnerListener['hook']>,
  ): void {
    const { hub, faults, fleet } = this.#options;
    const fault = faults.take({ service: 'machine', operation: 'register' }, { market: instance.market });
    say(instance, 'starting the runner');
    if (fault !== undefined) return;
    const powerOff = (): void => {
      say(instance, 'the runner has exited');
      say(instance, 'powering off');
      fleet.end(instance, poweredOff);
    };
    const session = hub.connect(jitConfig, {
      hook,
      ended: () => {
        if (!machine.isSeized) powerOff();
      },
      seized: () => {
        machine.isSeized = true;
      },
    });
    if (session === undefined) powerOff();
    else machine.session = session;
  }

  #stop({ id }: FakeInstance): void {
    const machine = this.#machines.get(id);
    if (machine === undefined) return;
    clearTimeout(machine.boot);
    clearTimeout(machine.shutdown);
    machine.session?.disconnect();
    this.#machines.delete(id);
  }
}
