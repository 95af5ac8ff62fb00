import { destroyName } from '../../../functions/domain/ending/destroy.ts';
import type { ProvisionOutput } from '../../../functions/domain/life/provision-output.ts';
import type {
  CurrentState,
  Execution,
  ExecutionStatus,
  Instance,
  ProvisionStarter,
} from '../../../functions/domain/ports.ts';
import type { DestroyRunnersPorts } from '../../../functions/domain/request/destroy-runners.ts';
import { deadline, instance, later, provisionInput, requestedAt } from './life.ts';

export const output: ProvisionOutput = {
  outcome: 'ready',
  readyAt: later(70).toISOString(),
  instance: {
    id: instance.id,
    market: instance.market,
    instanceType: instance.instanceType,
    availabilityZone: instance.availabilityZone,
  },
};

/** A provision as Step Functions describes it: one that succeeded has an output. */
export const provision = (
  life: string,
  status: ExecutionStatus,
  change: Partial<Execution> = {},
): Execution => ({
  name: life,
  status,
  startedAt: requestedAt,
  input: { ...provisionInput, life, deadline: deadline.toISOString() },
  ...(status === 'SUCCEEDED' ? { output } : {}),
  ...change,
});

export const destroy = (
  name: string,
  status: ExecutionStatus,
  change: Partial<Execution> = {},
): Execution => ({
  name,
  status,
  startedAt: later(100),
  ...change,
});

export interface LivesScene {
  readonly provisions?: readonly Execution[];
  readonly destroys?: readonly Execution[];
  readonly instances?: readonly Instance[];
  readonly state?: CurrentState;
  /** The state of whichever destroy runs. */
  readonly destroyState?: string;
  /** Lives whose start fails. */
  readonly failingStarts?: Readonly<Record<string, Error>>;
  /** Lives whose name is taken, though no description shows them yet. */
  readonly taken?: readonly string[];
  /** Since the request. */
  readonly seconds?: number;
}

/** Step Functions and EC2, as far as the HTTP API asks them; starts and calls are recorded. */
export const fakeLives = (scene: LivesScene = {}) => {
  const executions = new Map(
    [...(scene.provisions ?? []), ...(scene.destroys ?? [])].map((one) => [one.name, one]),
  );
  const inputs: object[] = [];
  const calls: string[] = [];
  const read = async (name: string): Promise<Execution | undefined> => {
    calls.push(`describe ${name}`);
    return executions.get(name);
  };
  const begin = (execution: Execution, input: object): 'started' | 'taken' => {
    if (executions.has(execution.name) || scene.taken?.includes(execution.name)) return 'taken';
    executions.set(execution.name, execution);
    inputs.push(input);
    return 'started';
  };
  const starter: ProvisionStarter = {
    start: async (input) => {
      const failure = scene.failingStarts?.[input.life];
      if (failure !== undefined) throw failure;
      return begin(provision(input.life, 'RUNNING', { input }), input);
    },
  };
  const ports: DestroyRunnersPorts & { readonly starter: ProvisionStarter } = {
    provisions: {
      provision: read,
      currentState: async (life) => {
        calls.push(`history ${life}`);
        return scene.state;
      },
    },
    destroys: {
      destroyState: async (name) => {
        calls.push(`history ${name}`);
        return scene.destroyState;
      },
      destroy: (life, reason, k) => read(destroyName(life, reason, k)),
      startDestroy: async (input, k) =>
        begin(destroy(destroyName(input.life, input.reason, k), 'RUNNING'), input),
    },
    instances: {
      ofLife: async (life) => {
        calls.push(`instances ${life}`);
        return (scene.instances ?? []).filter((one) => one.life === life);
      },
    },
    clock: () => later(scene.seconds ?? 100),
    starter,
  };
  return { ports, inputs, calls, executions };
};
