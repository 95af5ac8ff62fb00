import type { Market } from '../../../functions/domain/ports.ts';
import type { ShownFault } from '../console-state.ts';

const shortage = {
  service: 'ec2',
  operation: 'RunInstances',
  error: 'InsufficientInstanceCapacity',
} as const;

/** So often that it lasts until it is cleared. */
const always = 1_000_000;

/** The body of the control call by which EC2 has no capacity in a market, in any pool. */
export const shortageOf = (market: Market): ShownFault & { readonly times: number } => ({
  ...shortage,
  where: { market },
  times: always,
});

/** Whether a fault is that one. */
export const isShortageOf = (fault: ShownFault, market: Market): boolean =>
  fault.service === shortage.service &&
  fault.operation === shortage.operation &&
  fault.error === shortage.error &&
  fault.where?.['market'] === market;

/** The control call that ends the shortage in a market, and nothing else. */
export const endOfShortage = (market: Market): string =>
  `/_local/faults?${new URLSearchParams({ ...shortage, market })}`;
