import type { Market } from '../ports.ts';

/** What a provision that succeeded ends with: the last answer of CheckRunner. */
export interface ProvisionOutput {
  /** `used`: the job came and went between two polls. */
  readonly outcome: 'ready' | 'used';
  /** ISO 8601. */
  readonly readyAt: string;
  readonly instance: {
    readonly id: string;
    readonly market: Market;
    readonly instanceType: string;
    readonly availabilityZone: string;
  };
}

/** Reads a provision's output; `undefined` when it is not one of ours. */
export const readProvisionOutput = (output: unknown): ProvisionOutput | undefined =>
  typeof output === 'object' && output !== null && 'readyAt' in output && 'instance' in output
    ? (output as ProvisionOutput)
    : undefined;
