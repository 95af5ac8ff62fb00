import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { StackStateMachine } from '../template/stack-state-machines.ts';
import type { Drawing } from './drawing.ts';

/**
 * Draws state machines in a thread of its own: the layout computes for some tenths of a second, in which the
 * simulated cloud would stand still while its clock runs on.
 */
const drawAside = async (stateMachines: readonly StackStateMachine[]): Promise<readonly Drawing[]> => {
  const thread = new Worker(new URL('./draw-worker.ts', import.meta.url), { workerData: stateMachines });
  thread.unref();
  const [drawings] = await once(thread, 'message');
  return drawings as readonly Drawing[];
};

/** The drawings of state machines, which begin to be made when they are first asked for; none until they are done. */
export const drawnOnDemand = (stateMachines: readonly StackStateMachine[]): (() => readonly Drawing[]) => {
  let drawings: readonly Drawing[] | undefined;
  const drawAll = async (): Promise<void> => {
    drawings = await drawAside(stateMachines);
  };
  return () => {
    if (drawings === undefined) {
      drawings = [];
      void drawAll();
    }
    return drawings;
  };
};
