import type { Instance, InstanceState } from '../ports.ts';

const endingStates: readonly InstanceState[] = ['shutting-down', 'terminated'];

/** Whether the instance still costs money and can run a job. */
export const isLive = ({ state }: Pick<Instance, 'state'>): boolean => !endingStates.includes(state);

/** Whether EC2 has ended the instance for good. */
export const isTerminated = ({ state }: Pick<Instance, 'state'>): boolean => state === 'terminated';
