import { parentPort, workerData } from 'node:worker_threads';
import type { StackStateMachine } from '../template/stack-state-machines.ts';
import { draw } from './draw.ts';

/** Draws the state machines that it is given, and says so once. */

const stateMachines = workerData as readonly StackStateMachine[];
parentPort?.postMessage(await Promise.all(stateMachines.map(draw)));
