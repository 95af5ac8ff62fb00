import type { FunctionLogLine } from '../../local/aws/lambda/function-invoker.ts';
import type { SimulationOptions } from '../../local/simulation.ts';
import { verifiedStack } from '../synthesized-stack.ts';
import { createWorld } from './world.ts';

export const repository = 'rr-debugger/rr';
export const runId = 1001;

/** The run's own label. */
export const label = 'rr_runner_1001_1';

/** The stack with verified admission, and GitHub's runs beside what the open one has. */
export const createVerifiedWorld = async (options: Partial<Omit<SimulationOptions, 'start'>> = {}) => {
  const logged: FunctionLogLine[] = [];
  const world = await createWorld({
    stack: verifiedStack(),
    ...options,
    onLog: (line) => {
      logged.push(line);
    },
  });
  const calls = { operation: 'create', label, repository, run_id: runId } as const;

  const putRun = (status: 'in_progress' | 'queued' | 'completed' | 'waiting', change: object = {}): void =>
    world.cloud.control.putRun({ repository, runId, runAttempt: 1, status, ...change });

  return {
    ...world,
    logged,
    putRun,
    create: (change: object = { architecture: 'x86_64' }) => world.post({ ...calls, ...change }),
    destroy: (of: string = label) => world.post({ operation: 'destroy', label: of }),
    ready: (of: string = label) => world.untilStatus(of, 'ready', 120),
    reason: async (of: string = label) => (await world.status(of)).runners[0]?.['reason'],
    queueOwnJob: (durationSeconds: number) =>
      world.queueJob({ labels: [label, 'arch_x86_64'], durationSeconds }),
    output: (execution: string): unknown => {
      const found = world.cloud.executions.all.find(({ name }) => name === execution);
      return found?.output === undefined ? undefined : JSON.parse(found.output);
    },
  };
};

export type VerifiedWorld = Awaited<ReturnType<typeof createVerifiedWorld>>;
