import { destroyName } from '../../../functions/domain/ending/destroy.ts';
import { parseLifeName } from '../../../functions/domain/life/life.ts';
import { type LifeItem, lifeRecord, readLifeItem } from '../../../functions/domain/life/life-item.ts';
import type { ProvisionOutput } from '../../../functions/domain/life/provision-output.ts';
import type {
  DestroyStarter,
  Execution,
  ExecutionStatus,
  ProvisionStarter,
} from '../../../functions/domain/ports.ts';
import { tellLife } from '../../../functions/domain/status/life-news.ts';
import { deadline, instance, later, provisionInput, requestedAt } from './life.ts';
import { fakeTable } from './table.ts';

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

/** A life as the table has it. */
export const lifeItem = (
  life: string,
  status: LifeItem['status'],
  change: Partial<LifeItem> = {},
): LifeItem => {
  const { architecture = 'x86_64', n = 1 } = parseLifeName(life) ?? {};
  return {
    life,
    architecture,
    n,
    status,
    since: later(50).toISOString(),
    requestedAt: requestedAt.toISOString(),
    deadline: deadline.toISOString(),
    input: JSON.stringify({ ...provisionInput, life, architecture }),
    ...change,
  };
};

export interface LivesScene {
  readonly lives?: readonly LifeItem[];
  /** Executions that there are already. */
  readonly executions?: readonly Execution[];
  /** Lives whose start fails. */
  readonly failingStarts?: Readonly<Record<string, Error>>;
  /** Since the request. */
  readonly seconds?: number;
}

/** Step Functions and the table, as far as the HTTP API asks them; starts and calls are recorded. */
export const fakeLives = (scene: LivesScene = {}) => {
  const executions = new Map((scene.executions ?? []).map((one) => [one.name, one]));
  const { table, items } = fakeTable(...(scene.lives ?? []).map((life) => lifeRecord(life)));
  const inputs: object[] = [];
  const calls: string[] = [];
  const clock = () => later(scene.seconds ?? 100);
  const begin = (execution: Execution, input: object): 'started' | 'taken' => {
    if (executions.has(execution.name)) return 'taken';
    executions.set(execution.name, execution);
    inputs.push(input);
    return 'started';
  };
  const starter: ProvisionStarter = {
    start: async (input) => {
      const failure = scene.failingStarts?.[input.life];
      if (failure !== undefined) throw failure;
      const known = executions.get(input.life);
      if (known?.status === 'RUNNING' && JSON.stringify(known.input) === JSON.stringify(input))
        return 'started';
      return begin(provision(input.life, 'RUNNING', { input }), input);
    },
  };
  const destroys: DestroyStarter = {
    startDestroy: async (input, k) => {
      const name = destroyName(input.life, input.reason, k);
      if (executions.get(name)?.status === 'RUNNING') return 'started';
      return begin(destroy(name, 'RUNNING'), input);
    },
  };
  const ports = {
    table: {
      ...table,
      list: (pk: string) => {
        calls.push(`list ${pk}`);
        return table.list(pk);
      },
    },
    provisions: {
      provision: async (name: string) => {
        calls.push(`describe ${name}`);
        return executions.get(name);
      },
    },
    destroys,
    starter,
    tell: tellLife(table, clock),
    token: () => crypto.randomUUID(),
    clock,
  };
  const itemOf = (life: string): LifeItem | undefined =>
    [...items.values()].flatMap((item) => readLifeItem(item) ?? []).find((item) => item.life === life);
  return { ports, inputs, calls, executions, items, itemOf };
};
